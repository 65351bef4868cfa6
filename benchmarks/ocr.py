"""Lee por máquina escaneos cuyo texto verdadero se conoce y mide los errores y el tiempo.

    python benchmarks/ocr.py CARPETA        (o la carpeta de la colección de datos)

La carpeta tiene parejas `nombre.pdf` y `nombre.txt` (páginas separadas por avance de página o seguidas). Errores: distancia de
edición entre lo leído y lo verdadero, con los espacios recogidos, sobre el largo de lo verdadero; en letras y en palabras.
Marcas: letras ≤ 2 %, palabras ≤ 5 %, menos de 20 s por página.
"""

# ruff: noqa: E402 - Django se arma antes de importar el producto
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.pruebas")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django

django.setup()

import pypdfium2 as pdfium

from archivo.ingesta import optica
from archivo.objetos.puerta import ejecutar

LETRAS, PALABRAS, SEGUNDOS = 0.02, 0.05, 20.0


def distancia(uno: Sequence[str], otro: Sequence[str]) -> int:
    """La de Levenshtein."""
    fila = list(range(len(otro) + 1))
    for i, a in enumerate(uno, 1):
        diagonal, fila[0] = fila[0], i
        for j, b in enumerate(otro, 1):
            diagonal, fila[j] = fila[j], min(fila[j] + 1, fila[j - 1] + 1, diagonal + (a != b))
    return fila[-1]


def leer(pdf: Path, tessdata: Path) -> tuple[str, list[float], list[int]]:
    """El texto de todas sus páginas, los segundos y la confianza de cada una."""
    with pdfium.PdfDocument(pdf) as documento:
        total = len(documento)
    textos, tiempos, confianzas = [], [], []
    for n in range(1, total + 1):
        argumentos = {
            "ruta": str(pdf), "mime": "application/pdf", "pagina": n, "pixeles": optica.PIXELES, "tessdata": f"{tessdata}/"
        }  # fmt: skip
        antes = time.monotonic()
        leida = ejecutar("archivo.ingesta.lectores.ocr:leer_pagina", argumentos, optica.LIMITES)
        tiempos.append(time.monotonic() - antes)
        textos.append(leida["texto"])
        confianzas.append(leida["confianza"])
    return " ".join(textos), tiempos, confianzas


def medir(carpeta: Path) -> int:
    tessdata = optica.tessdata()
    if tessdata is None:
        print(optica.COMO_INSTALAR)
        return 2
    letras = palabras = de_letras = de_palabras = 0
    tiempos: list[float] = []
    for pdf in sorted(carpeta.glob("*.pdf")):
        texto, propios, confianzas = leer(pdf, tessdata)
        leido, verdad = texto.split(), pdf.with_suffix(".txt").read_text(encoding="utf-8").split()
        mal_letras, mal_palabras = distancia(" ".join(leido), " ".join(verdad)), distancia(leido, verdad)
        largo = len(" ".join(verdad))
        letras, palabras, de_letras, de_palabras = (
            letras + mal_letras, palabras + mal_palabras, de_letras + largo, de_palabras + len(verdad)
        )  # fmt: skip
        tiempos += propios
        print(
            f"{pdf.stem}: letras {mal_letras / largo:.2%}, palabras {mal_palabras / len(verdad):.2%}, "
            f"confianza {sum(confianzas) / len(confianzas):.0f} %, {sum(propios) / len(propios):.1f} s por página"
        )
    por_letra, por_palabra, lento = letras / de_letras, palabras / de_palabras, max(tiempos)
    print(
        f"{len(tiempos)} páginas: letras {por_letra:.2%} (≤ {LETRAS:.0%}), palabras {por_palabra:.2%} (≤ {PALABRAS:.0%}), "
        f"{sum(tiempos) / len(tiempos):.1f} s por página, la más lenta {lento:.1f} s (≤ {SEGUNDOS:.0f} s)"
    )
    return 0 if por_letra <= LETRAS and por_palabra <= PALABRAS and lento <= SEGUNDOS else 1


if __name__ == "__main__":
    propia = Path(sys.argv[1]) / "pdf_es" / "escaneos"
    sys.exit(medir(propia if propia.is_dir() else Path(sys.argv[1])))
