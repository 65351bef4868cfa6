"""La llamada a Typst. Sirve dentro del proceso y, como programa, en uno aparte: no importa nada del proyecto.

python compilador.py CARPETA PLANTILLA FUENTES     deja CARPETA/salida.pdf
"""

import sys
from pathlib import Path
from typing import Literal, cast

import typst

NORMAS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
SALIDA = "salida.pdf"


def letras(fuentes: str) -> typst.Fonts:
    """Solo las letras de esa carpeta: ni las del sistema ni las que Typst trae."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fuentes])


def detalle(error: typst.TypstError) -> str:
    """Lo que dijo el compositor, en un renglón."""
    return " ".join([error.message, *error.hints])


def compilar(carpeta: str, plantilla: str, fuentes: typst.Fonts) -> bytes:
    """PDF/A-3a y PDF/UA-1 de la plantilla; solo puede leer lo que hay en la carpeta."""
    compositor = typst.Compiler(root=carpeta, font_paths=fuentes, ignore_system_fonts=True)
    entrada = f"{carpeta}/{plantilla}.typ"
    return cast("bytes", compositor.compile(input=entrada, format="pdf", pdf_standards=[*NORMAS]))


def main(carpeta: str, plantilla: str, fuentes: str) -> int:
    """Compone y guarda; si no se puede, dice por qué y sale con 1."""
    try:
        pdf = compilar(carpeta, plantilla, letras(fuentes))
    except typst.TypstError as error:
        sys.stderr.write(detalle(error))
        return 1
    Path(carpeta, SALIDA).write_bytes(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
