"""Los archivos del proyecto que examinan las pruebas de arquitectura."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
PAQUETES = ("archivo", "buscador", "certificaciones", "memoria_anual", "search", "verificador")
CON_PISOS = ("archivo", "certificaciones", "memoria_anual")


@dataclass(frozen=True)
class Fuente:
    """Un archivo Python del producto."""

    ruta: Path

    @property
    def nombre(self) -> str:
        return str(self.ruta.relative_to(RAIZ))

    @property
    def modulo(self) -> str:
        partes = self.ruta.relative_to(RAIZ).with_suffix("").parts
        return ".".join(partes[:-1] if partes[-1] == "__init__" else partes)

    @property
    def piso(self) -> str:
        """`archivo.catalogo`, `buscador`, `search`…"""
        partes = self.modulo.split(".")
        return ".".join(partes[:2]) if partes[0] in CON_PISOS else partes[0]

    @cached_property
    def lineas(self) -> list[str]:
        return self.ruta.read_text().splitlines()

    @cached_property
    def arbol(self) -> ast.Module:
        return ast.parse(self.ruta.read_text(), self.nombre)

    def importados(self) -> Iterator[tuple[int, str]]:
        """Cada módulo importado, con su línea; también los de `import_module("…")`."""
        for nodo in ast.walk(self.arbol):
            if isinstance(nodo, ast.Import):
                yield from ((nodo.lineno, alias.name) for alias in nodo.names)
            elif isinstance(nodo, ast.ImportFrom):
                base = self._absoluto(nodo)
                yield nodo.lineno, base
                if base in CON_PISOS:
                    yield from ((nodo.lineno, f"{base}.{alias.name}") for alias in nodo.names)
            elif isinstance(nodo, ast.Call) and getattr(nodo.func, "id", "") == "import_module":
                yield from ((nodo.lineno, a.value) for a in nodo.args if isinstance(a, ast.Constant) and isinstance(a.value, str))

    def _absoluto(self, nodo: ast.ImportFrom) -> str:
        if not nodo.level:
            return nodo.module or ""
        paquete = self.modulo.split(".") if self.ruta.name == "__init__.py" else self.modulo.split(".")[:-1]
        base = paquete[: len(paquete) - nodo.level + 1]
        return ".".join([*base, *([nodo.module] if nodo.module else [])])


@cache
def del_producto() -> list[Fuente]:
    """Todo el código del producto, menos las migraciones."""
    rutas = [RAIZ / "manage.py", *(r for paquete in PAQUETES for r in sorted((RAIZ / paquete).rglob("*.py")))]
    return [Fuente(ruta) for ruta in rutas if "migrations" not in ruta.parts]


@cache
def de_las_pruebas() -> list[Fuente]:
    """El código de las pruebas."""
    return [Fuente(ruta) for ruta in sorted((RAIZ / "tests").rglob("*.py"))]


@cache
def de_las_medidas() -> list[Fuente]:
    """El código de los bancos de medida."""
    return [Fuente(ruta) for ruta in sorted((RAIZ / "benchmarks").rglob("*.py"))]


@cache
def en_git() -> list[Path]:
    """Los archivos que git guarda (o guardaría): ni datos, ni entorno."""
    orden = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    salida = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=True).stdout
    return [RAIZ / nombre for nombre in salida.split("\0") if nombre and (RAIZ / nombre).is_file()]
