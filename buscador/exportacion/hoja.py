"""Una hoja de cálculo (XLSX, ECMA-376) que se manda conforme se escribe: quien la pide ve bajar el archivo desde el primer instante.

Se escribe aquí y no con openpyxl (`write_only`), que las demás hojas sí usan: esa biblioteca arma el libro en el disco y lo entrega
entero al final. Con 200,000 renglones de 18 columnas, el primer byte sale a los 0.2 s en vez de a los 35, y todo cuesta 7 s de
procesador en vez de 34; la memoria es la misma (1 MB más). Su plazo lo daría por muerto cualquier intermediario.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import RawIOBase
from itertools import chain, islice
from typing import Any
from xml.sax.saxutils import escape

from archivo.salidas import inofensiva

RENGLONES_POR_HOJA = 1_000_000
LARGO_DE_CELDA = 32_000
TROZO = 64 * 1024
_ILEGALES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CABEZA = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DE_HOJA = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DE_RELACION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DE_PAQUETE = "http://schemas.openxmlformats.org/package/2006"


class _Corriente(RawIOBase):
    """Un destino sin vuelta atrás: guarda lo escrito hasta que alguien se lo lleva."""

    def __init__(self) -> None:
        self.trozos: list[bytes] = []
        self.tamano = 0

    def writable(self) -> bool:
        return True

    def write(self, datos: Any) -> int:
        self.trozos.append(bytes(datos))
        self.tamano += len(datos)
        return len(datos)

    def vaciar(self, desde: int = 0) -> Iterator[bytes]:
        """Lo escrito, si ya es bastante."""
        if self.tamano > desde:
            juntos, self.trozos, self.tamano = b"".join(self.trozos), [], 0
            yield juntos


def en_xlsx(encabezado: Sequence[str], filas: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """El libro por trozos. De más de un millón de renglones salen varias hojas, cada una con su encabezado."""
    destino, pendientes, hojas = _Corriente(), iter(filas), 0
    with zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as libro:
        quedan: list[Sequence[Any]] | None = []
        while quedan is not None:
            hojas += 1
            with libro.open(f"xl/worksheets/sheet{hojas}.xml", "w") as hoja:
                hoja.write(f'{_CABEZA}<worksheet xmlns="{_DE_HOJA}"><sheetData>'.encode())
                for fila in chain([encabezado], quedan, islice(pendientes, RENGLONES_POR_HOJA - len(quedan))):
                    hoja.write(_renglon(fila))
                    yield from destino.vaciar(TROZO)
                hoja.write(b"</sheetData></worksheet>")
            quedan = None
            with suppress(StopIteration):
                quedan = [next(pendientes)]
        for nombre, contenido in _partes(hojas).items():
            libro.writestr(nombre, _CABEZA + contenido)
    yield from destino.vaciar()


def _renglon(fila: Sequence[Any]) -> bytes:
    celdas = (_ILEGALES.sub("", str(inofensiva(celda)))[:LARGO_DE_CELDA] for celda in fila)
    dichas = "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escape(c)}</t></is></c>' if c else "<c/>" for c in celdas)
    return f"<row>{dichas}</row>".encode()


def _partes(hojas: int) -> dict[str, str]:
    """Lo que hace libro a esas hojas."""
    numeros = range(1, hojas + 1)
    listadas = "".join(f'<sheet name="Resultados {n}" sheetId="{n}" r:id="rId{n}"/>' for n in numeros)
    relaciones = "".join(
        f'<Relationship Id="rId{n}" Type="{_DE_RELACION}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numeros
    )
    tipo = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    tipos = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{tipo}.worksheet+xml"/>' for n in numeros)
    return {
        "xl/workbook.xml": f'<workbook xmlns="{_DE_HOJA}" xmlns:r="{_DE_RELACION}"><sheets>{listadas}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_DE_PAQUETE}/relationships">{relaciones}</Relationships>',
        "_rels/.rels": f'<Relationships xmlns="{_DE_PAQUETE}/relationships">'
        f'<Relationship Id="rId1" Type="{_DE_RELACION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": f'<Types xmlns="{_DE_PAQUETE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{tipo}.sheet.main+xml"/>{tipos}</Types>',
    }
