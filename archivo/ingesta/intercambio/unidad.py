"""La unidad de descripción tal como viaja entre archivos, sin formato ni base de datos.

De aquí leen y aquí escriben los tres formatos. Todo lo que un archivo dice de una unidad cabe en ella: lo que no tiene lugar
propio queda en `otros`, por el nombre de su columna o su etiqueta.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

CLASES_DE_PUNTO = ("tema", "lugar", "persona", "organismo", "familia", "nombre", "genero")
"""Puntos de acceso. `nombre` es alguien de quien no se dice si es persona u organismo, como en AtoM."""
_SIN_GUARDAR = {"linea", "hijas", "madre"}


@dataclass
class Evento:
    """Un hecho fechado de la unidad (creación, acumulación…): fecha como se escribió, fechas normalizadas y quién (3.1.3, 3.2.1)."""

    tipo: str = ""
    texto: str = ""
    desde: str = ""
    hasta: str = ""
    actor: str = ""
    clase_de_actor: str = ""
    historia: str = ""


@dataclass
class Punto:
    """Un punto de acceso; `clase` es una de `CLASES_DE_PUNTO`."""

    clase: str
    nombre: str


@dataclass
class Objeto:
    """Un archivo digital: ruta relativa al instrumento o dirección, y cómo se llama."""

    ruta: str
    titulo: str = ""


@dataclass
class Unidad:
    """Una unidad de descripción (ISAD(G) 3.1). `publicacion`: «», `borrador` o `publicada`.

    `isad` lleva los elementos de `archivo.catalogo.isad` por su clave, `alternos` pares etiqueta y código, `traducciones` las
    columnas de la misma unidad en otra lengua.
    """

    id: str
    titulo: str = ""
    madre: str = ""
    slug_de_madre: str = ""
    nivel: str = ""
    nivel_original: str = ""
    codigo: str = ""
    isad: dict[str, str] = field(default_factory=dict)
    eventos: list[Evento] = field(default_factory=list)
    puntos: list[Punto] = field(default_factory=list)
    objetos: list[Objeto] = field(default_factory=list)
    alternos: list[list[str]] = field(default_factory=list)
    otros: dict[str, str] = field(default_factory=dict)
    traducciones: dict[str, dict[str, str]] = field(default_factory=dict)
    publicacion: str = ""
    cultura: str = ""
    linea: int = 0
    hijas: list["Unidad"] = field(default_factory=list, repr=False)

    def como_dict(self) -> dict[str, Any]:
        """Lo que se guarda: lo que dice de sí, sin sus hijas ni de qué línea salió."""
        propios = {c.name: getattr(self, c.name) for c in fields(self) if c.name not in _SIN_GUARDAR}
        for clave in ("eventos", "puntos", "objetos"):
            propios[clave] = [asdict(cosa) for cosa in propios[clave]]
        return {clave: valor for clave, valor in propios.items() if valor}

    @classmethod
    def de_dict(cls, datos: Mapping[str, Any]) -> "Unidad":
        """La unidad que se guardó con `como_dict`."""
        propios = dict(datos)
        propios["eventos"] = [Evento(**e) for e in propios.get("eventos", [])]
        propios["puntos"] = [Punto(**p) for p in propios.get("puntos", [])]
        propios["objetos"] = [Objeto(**o) for o in propios.get("objetos", [])]
        return cls(**propios)


@dataclass(frozen=True)
class Problema:
    """Algo que decir de una fila (o línea): por qué no entra o qué se supuso."""

    fila: int
    id: str
    campo: str
    motivo: str

    def como_dict(self) -> dict[str, Any]:
        """Con la forma de los errores de `importar`."""
        return asdict(self)


@dataclass
class Instrumento:
    """Lo que se leyó de un archivo: sus unidades en el orden en que venían, y lo que no se pudo leer.

    `auditados` son los objetos reservados o confidenciales que lleva al salir (`item:clave`): leerlos deja constancia.
    `fuente` lo identifica entre importaciones; `cabecera` es lo que dice de sí el instrumento (`titulo`, `editor`, `lengua`).
    """

    formato: str
    fuente: str = ""
    cabecera: dict[str, str] = field(default_factory=dict)
    unidades: list[Unidad] = field(default_factory=list)
    errores: list[Problema] = field(default_factory=list)
    avisos: list[Problema] = field(default_factory=list)
    raices: list[Unidad] = field(default_factory=list, repr=False)
    leidas: int = 0
    auditados: list[str] = field(default_factory=list)

    def rechazar(self, fila: int, ident: str, campo: str, motivo: str) -> None:
        """Anota por qué una fila no entra."""
        self.errores.append(Problema(fila, ident, campo, motivo))

    def avisar(self, fila: int, ident: str, campo: str, motivo: str) -> None:
        """Anota lo que conviene saber de una fila que sí entra."""
        self.avisos.append(Problema(fila, ident, campo, motivo))
