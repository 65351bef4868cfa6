"""La llamada a Typst. Sirve dentro del proceso y, como programa, en uno aparte: no importa nada del proyecto.

python compilador.py CARPETA PLANTILLA FUENTES                              deja CARPETA/salida.pdf
python compilador.py CARPETA PLANTILLA FUENTES MOMENTO ETIQUETADO CONSULTA  además, CARPETA/consulta.json
"""

import json
import sys
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

import typst

Norma = Literal["a-3a", "a-3b", "ua-1"]
NORMAS: list[Norma] = ["a-3a", "ua-1"]
SIN_ETIQUETAS: list[Norma] = ["a-3b"]
SALIDA = "salida.pdf"
CONSULTA = "consulta.json"


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


class AvisoDeTypst(Exception):
    """Typst compuso, pero advirtió algo (una letra que no está): para una copia certificada es un error."""


class Pedido(NamedTuple):
    """Fecha en segundos Unix, si lleva etiquetas (sin ellas es PDF/A-3b) y qué consultar a la plantilla («<etiqueta>»)."""

    momento: int
    etiquetado: bool = True
    consulta: str = ""

    def opciones(self) -> list[str]:
        """El pedido como argumentos del programa."""
        return [str(self.momento), str(int(self.etiquetado)), self.consulta]


def compilar_hojas(carpeta: str, plantilla: str, fuentes: typst.Fonts, pedido: Pedido) -> tuple[bytes, list[Any]]:
    """El PDF y los valores consultados. Cualquier advertencia es un error: lanza `AvisoDeTypst`."""
    compositor = typst.Compiler(input=f"{carpeta}/{plantilla}.typ", root=carpeta, font_paths=fuentes, ignore_system_fonts=True)
    normas = NORMAS if pedido.etiquetado else SIN_ETIQUETAS
    pdf, avisos = compositor.compile_with_warnings(timestamp=pedido.momento, pdf_standards=[*normas], pdf_tags=pedido.etiquetado)
    if avisos:
        raise AvisoDeTypst(" ".join(aviso.message for aviso in avisos))
    valores = json.loads(compositor.query(pedido.consulta)) if pedido.consulta else []
    return cast("bytes", pdf), [valor["value"] for valor in valores]


def _encargo(carpeta: str, plantilla: str, fuentes: str, opciones: tuple[str, ...]) -> bytes:
    if not opciones:
        return compilar(carpeta, plantilla, letras(fuentes))
    momento, etiquetado, consulta = opciones
    pedido = Pedido(int(momento), etiquetado == "1", consulta)
    pdf, valores = compilar_hojas(carpeta, plantilla, letras(fuentes), pedido)
    Path(carpeta, CONSULTA).write_text(json.dumps(valores), encoding="utf-8")
    return pdf


def main(carpeta: str, plantilla: str, fuentes: str, *opciones: str) -> int:
    """Compone y guarda; si no se puede, dice por qué y sale con 1."""
    try:
        pdf = _encargo(carpeta, plantilla, fuentes, opciones)
    except typst.TypstError as error:
        sys.stderr.write(detalle(error))
        return 1
    except AvisoDeTypst as aviso:
        sys.stderr.write(str(aviso))
        return 1
    Path(carpeta, SALIDA).write_bytes(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
