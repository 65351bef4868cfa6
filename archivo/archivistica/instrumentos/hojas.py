"""Hojas de cálculo y CSV: leerlos con límites y escribirlos sin que una celda se vuelva fórmula."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.salidas import sin_guarda

MAXIMO_DE_BYTES = 10 * 1024 * 1024
MAXIMO_DESCOMPRIMIDO = 200 * 1024 * 1024
MAXIMO_DE_FILAS = 20_000
MAXIMO_DE_COLUMNAS = 100


def leer_tabla(datos: bytes, nombre: str) -> Iterator[tuple[int, list[str]]]:
    """Las filas no vacías de un CSV o de la primera hoja de un XLSX, con su número. Lanza `InstrumentoRechazado` si no se lee."""
    if len(datos) > MAXIMO_DE_BYTES:
        raise InstrumentoRechazado("El archivo pasa de 10 MB. Un cuadro ocupa mucho menos: revise que sea el archivo correcto.")
    filas = _de_xlsx(datos) if nombre.lower().endswith(".xlsx") else _de_csv(datos)
    for numero, fila in enumerate(filas, 1):
        if numero > MAXIMO_DE_FILAS:
            raise InstrumentoRechazado(f"El archivo tiene más de {MAXIMO_DE_FILAS:,} filas. Revise que sea el archivo correcto.")
        if any(fila):
            yield numero, fila


def _de_csv(datos: bytes) -> Iterator[list[str]]:
    try:
        texto = datos.decode("utf-8-sig")
    except UnicodeDecodeError:
        texto = datos.decode("cp1252", errors="replace")
    primera = texto.split("\n", 1)[0]
    separador = max(",;\t", key=primera.count)
    try:
        yield from (
            [sin_guarda(c.strip()) for c in f[:MAXIMO_DE_COLUMNAS]]
            for f in csv.reader(io.StringIO(texto, ""), delimiter=separador)
        )
    except csv.Error as razon:
        raise InstrumentoRechazado(f"No se pudo leer el CSV ({razon}). Vuelva a guardarlo como CSV UTF-8.") from razon


def _de_xlsx(datos: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(datos)) as paquete:
            if sum(parte.file_size for parte in paquete.infolist()) > MAXIMO_DESCOMPRIMIDO:
                raise InstrumentoRechazado(
                    "La hoja de cálculo es demasiado grande al abrirse. Guárdela como CSV y vuelva a intentar."
                )
        libro = load_workbook(io.BytesIO(datos), read_only=True, data_only=True)
        for fila in libro.worksheets[0].iter_rows(max_col=MAXIMO_DE_COLUMNAS, values_only=True):
            yield [_texto(celda) for celda in fila]
    except (zipfile.BadZipFile, InvalidFileException, SyntaxError, KeyError, IndexError, TypeError, ValueError, OSError) as razon:
        raise InstrumentoRechazado("El archivo no es una hoja de cálculo XLSX que se pueda abrir. Guárdela de nuevo.") from razon


def _texto(celda: Any) -> str:
    if celda is None:
        return ""
    if isinstance(celda, bool):
        return "sí" if celda else "no"
    return sin_guarda((f"{celda:g}" if isinstance(celda, float) else str(celda)).strip())


class HojaDeInstrumento:
    """Una hoja con el encabezado de un instrumento: títulos, bandera de muestra si toca, tabla con bordes y letra legible."""

    def __init__(self, nombre: str, anchos: Sequence[int]) -> None:
        self.libro = Workbook()
        self.hoja = self.libro.active
        self.hoja.title = nombre[:31]
        self.anchos = anchos
        self.numero = 0
        for n, ancho in enumerate(anchos, 1):
            self.hoja.column_dimensions[get_column_letter(n)].width = ancho
        self.hoja.page_setup.orientation = "landscape"
        self.hoja.page_setup.fitToHeight = 0
        self.hoja.sheet_properties.pageSetUpPr.fitToPage = True

    def titulo(self, texto: str, *, tamano: int = 11, fondo: str = "") -> None:
        """Un renglón a todo lo ancho."""
        self.numero += 1
        celda = self._escribir(1, texto)
        celda.font = Font(bold=True, size=tamano)
        celda.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if fondo:
            celda.fill = PatternFill("solid", fgColor=fondo)
        self.hoja.merge_cells(start_row=self.numero, end_row=self.numero, start_column=1, end_column=len(self.anchos))

    def encabezado(self, titulos: Sequence[str]) -> None:
        """La fila de títulos de la tabla, que se repite al imprimir."""
        self._fila(titulos, Font(bold=True), PatternFill("solid", fgColor="E6E9EE"))
        self.hoja.freeze_panes = f"A{self.numero + 1}"
        self.hoja.print_title_rows = f"{self.numero}:{self.numero}"

    def fila(self, celdas: Sequence[Any], *, fuerte: bool = False) -> None:
        """Una fila de la tabla."""
        self._fila(celdas, Font(bold=fuerte), None)

    def bytes(self) -> bytes:
        """El archivo XLSX."""
        salida = io.BytesIO()
        self.libro.save(salida)
        return salida.getvalue()

    def _fila(self, celdas: Sequence[Any], letra: Font, fondo: PatternFill | None) -> None:
        self.numero += 1
        linea = Side(style="thin", color="9AA3AF")
        for n, valor in enumerate(celdas, 1):
            celda = self._escribir(n, valor)
            celda.font, celda.border = letra, Border(linea, linea, linea, linea)
            celda.alignment = Alignment(vertical="top", wrap_text=True)
            if fondo:
                celda.fill = fondo

    def _escribir(self, columna: int, valor: Any) -> Any:
        celda = self.hoja.cell(self.numero, columna)
        celda.value = ILLEGAL_CHARACTERS_RE.sub(" ", valor) if isinstance(valor, str) else valor
        if isinstance(valor, str):
            celda.data_type = "s"
        return celda
