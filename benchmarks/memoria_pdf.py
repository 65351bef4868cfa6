"""Lo que tarda el PDF de una memoria de 200 páginas con 60 gráficas y fotografías, junto a Typst desnudo con lo mismo.

python benchmarks/memoria_pdf.py [--capitulos 17] [--salida ARCHIVO.pdf]    no usa la base ni el archivo: sólo compone.

Metas: menos de 15 s de reloj, menos de 8 s de procesador y no más de 1.5 veces el procesador de Typst desnudo.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import pypdf
from PIL import Image

from archivo.salidas import Foto, Institucion, Recursos, componer, datos_de_enlace, datos_de_institucion
from memoria_anual.edicion import graficas

META_SEGUNDOS, META_DE_PROCESADOR, META_DE_RAZON, META_PAGINAS, GRAFICAS, FOTOS = 15.0, 8.0, 1.5, 200, 30, 30
PLANTILLAS = Path(__file__).resolve().parent.parent / "templates" / "pdf"
DESNUDO = """
import sys, typst
letras = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[sys.argv[2]])
compositor = typst.Compiler(root=sys.argv[1], font_paths=letras, ignore_system_fonts=True)
compositor.compile(input=sys.argv[1] + "/memoria.typ", output=sys.argv[1] + "/d.pdf", format="pdf", pdf_standards=["a-3a", "ua-1"])
"""
PARRAFO = (
    "Durante el periodo se emitieron boletines, se cubrieron actos y se puso a consulta lo que la oficina guarda. Lo que sigue no es un "
    "catálogo de actos: es un informe de lo que quedó documentado, de lo que se pudo medir y de lo que no. Cada número abre su lista. "
)
MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
HUELLA = {"clave": "BOL", "elementos": 311, "corte": "2027-01-20", "sha256": "7d7f9076fc2d4b1d72af8c4b21e34e2b" * 2}


def fotografia(n: int) -> bytes:
    """Una imagen de 2000 × 1333, distinta de las demás."""
    ruido = Image.effect_noise((500, 333), 90).resize((2000, 1333))
    tinta = Image.merge("RGB", (ruido, ruido.point(lambda v: (v + 40 * n) % 256), ruido.point(lambda v: (v * 2) % 256)))
    crudo = io.BytesIO()
    tinta.save(crudo, "JPEG", quality=88)
    return crudo.getvalue()


def una_grafica(n: int, recursos: Recursos) -> dict[str, Any]:
    """Doce barras y su línea."""
    valores = [Decimal((n * 7 + m * 5) % 40 + 1) for m in range(12)]
    dicho = graficas.Titulada(f"Indicador {n}, por mes", "; ".join(f"{m}, {v}" for m, v in zip(MESES, valores, strict=True)))
    archivo = f"graficas/{n}.svg"
    recursos[archivo] = graficas.barras(dicho, MESES, valores, valores[::-1]).encode()
    return {
        "tipo": "grafica",
        "titulo": dicho.titulo,
        "archivo": archivo,
        "alt": dicho.descripcion,
        "claves": ["2026", "2025"],
        "huella": HUELLA,
    }


def un_capitulo(n: int, total: int, recursos: Recursos, fotos: list[dict[str, Any]]) -> dict[str, Any]:
    """Texto, gráficas, fotografías y una relación larga, hasta llenar lo que le toca."""
    bloques: list[dict[str, Any]] = [{"tipo": "parrafo", "texto": PARRAFO * 3} for _ in range(14)]
    bloques += [una_grafica(n * 100 + k, recursos) for k in range(-(-GRAFICAS // total))]
    suyas = fotos[(n - 1) * len(fotos) // total : n * len(fotos) // total]
    bloques += [{"tipo": "galeria", "titulo": f"Galería {n}", "fotos": suyas}] if suyas else []
    filas = [
        ["2026-05-06", f"No. {k}/2026", f"Boletín {k} del capítulo {n}, con un título que ocupa su renglón", "abcdefghijkl"]
        for k in range(345)
    ]
    columnas = [{"t": "Día"}, {"t": "Folio"}, {"t": "Título", "peso": 4}, {"t": "Clave"}]
    bloques.append(
        {"tipo": "relacion", "titulo": "Relación", "aviso": "Todos.", "columnas": columnas, "filas": filas, "huella": HUELLA}
    )
    return {"n": n, "titulo": f"Capítulo de prueba {n}", "entradilla": PARRAFO[:120], "bloques": bloques}


def hoja(capitulos: int) -> tuple[dict[str, Any], Recursos]:
    """Los datos de la plantilla y sus imágenes."""
    recursos = Recursos()
    fotos = [recursos.con_foto(Foto(fotografia(n), f"Fotografía {n}", f"Pie {n}", "Ana Ruiz", f"clave{n}")) for n in range(FOTOS)]
    partes = [un_capitulo(n, capitulos, recursos, fotos) for n in range(1, capitulos + 1)]
    colofon = {"editor": "Comunicación Social", "autoriza": "", "autorizada": "", "isbn": "", "deposito": "", "aportaciones": ""}
    datos = {
        "documento": {"titulo": "Memoria de medida", "descripcion": "Medida", "claves": []}, "capitulos": partes, "cifras": [], "adjuntos": [],
        "institucion": datos_de_institucion(Institucion("Alcaldía Ejemplo", "Comunicación Social"), recursos), "tipo": "anual",
        "titulo": "Memoria anual de actividades", "nombre_de_periodo": "2026", "abarca": "1 de enero a 31 de diciembre de 2026",
        "estado": "publicada", "version": 1, "direccion": "https://acervo.ejemplo.mx/memoria/2026/", "colofon": colofon, "marca": "",
        "corte": {"momento": "2027-01-20T18:00", "sha256": "0" * 64, "elementos": 128412, "numero": 1},
        **datos_de_enlace("https://acervo.ejemplo.mx/memoria/2026/"),
    }  # fmt: skip
    return datos, recursos


def desnudo(datos: dict[str, Any], recursos: Recursos, fecha: date) -> None:
    """La misma plantilla con los mismos datos, sin nada del producto: archivos en una carpeta y Typst en su proceso."""
    with tempfile.TemporaryDirectory() as carpeta:
        fijos = {a.relative_to(PLANTILLAS).as_posix(): a.read_bytes() for a in PLANTILLAS.rglob("*") if a.is_file()}
        hoja_de_datos = datos | {"documento": datos["documento"] | {"fecha": fecha.isoformat()}}
        for nombre, bytes_ in (fijos | dict(recursos) | {"datos.json": json.dumps(hoja_de_datos).encode()}).items():
            destino = Path(carpeta, nombre)
            destino.parent.mkdir(parents=True, exist_ok=True)
            destino.write_bytes(bytes_)
        subprocess.run([sys.executable, "-c", DESNUDO, carpeta, str(PLANTILLAS / "fuentes")], check=True)


def medir[T](hacer: Callable[[], T]) -> tuple[float, float, T]:
    """Segundos de reloj, de procesador (de este proceso y de los que abre) y el resultado."""
    antes, inicio = os.times(), time.perf_counter()
    hecho = hacer()
    return time.perf_counter() - inicio, sum(os.times()[:4]) - sum(antes[:4]), hecho


def main() -> int:
    """Compone, mide junto a Typst desnudo y dice si alcanzó las metas."""
    partes = argparse.ArgumentParser(description=__doc__)
    partes.add_argument("--capitulos", type=int, default=17)
    partes.add_argument("--salida", default="")
    pedido = partes.parse_args()
    datos, recursos = hoja(pedido.capitulos)
    fecha = date(2027, 1, 20)
    reloj_desnudo, cpu_desnudo, _ = medir(lambda: desnudo(datos, recursos, fecha))
    reloj, cpu, pdf = medir(lambda: componer("memoria", datos, recursos, fecha))
    paginas = len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    imagenes = sum(n.startswith(("graficas/", "fotos/")) for n in recursos)
    print(f"{paginas} páginas, {imagenes} gráficas y fotografías, {len(pdf) / 1e6:.1f} MB")
    print(f"Typst desnudo: {reloj_desnudo:.1f} s de reloj, {cpu_desnudo:.1f} s de procesador")
    print(
        f"{reloj:.1f} s de reloj (meta {META_SEGUNDOS:.0f}), {cpu:.1f} s de procesador (meta {META_DE_PROCESADOR:.0f}); ", end=""
    )
    print(f"{cpu / cpu_desnudo:.2f} veces el procesador de Typst desnudo (meta {META_DE_RAZON})")
    if pedido.salida:
        Path(pedido.salida).write_bytes(pdf)
    en_meta = reloj < META_SEGUNDOS and cpu < META_DE_PROCESADOR and cpu / cpu_desnudo <= META_DE_RAZON
    cumple = en_meta and paginas >= META_PAGINAS and imagenes >= GRAFICAS + FOTOS
    print("Cumple." if cumple else "No cumple.")
    return 0 if cumple else 1


if __name__ == "__main__":
    sys.exit(main())
