"""Leer hojas de cálculo (.xlsx) sin ejecutar nada y sin que un archivo tramposo agote la máquina."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time, timedelta
from itertools import repeat
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from archivo.ingesta.importacion.filas import ArchivoInutilizable

INFLADO_MAXIMO = 512 * 1024 * 1024
PARTES_MAXIMAS = 5_000
FILAS_DE_UNA_HOJA = 1_048_576
_OLE = bytes.fromhex("d0cf11e0")
_MEDIANOCHE = time(0, 0)
_NO_SE_PUDO = (
    "«{}» no se puede leer como libro de Excel. Ábralo, guárdelo de nuevo como .xlsx o como CSV UTF-8 y vuelva a subirlo."
)


def hojas_de(ruta: Path) -> list[str]:
    """Los nombres de las hojas visibles, en su orden.

    Raises:
        ArchivoInutilizable: no es un libro, trae macros, se infla de más o está dañado.
    """
    _desconfiar(ruta)
    with _abierto(ruta, valores=True) as libro:
        hojas = [h.title for h in libro.worksheets if h.sheet_state == "visible"]
    if not hojas:
        raise ArchivoInutilizable("El libro no tiene ninguna hoja con datos a la vista.")
    return hojas


def renglones_de_libro(ruta: Path, hoja: str) -> Iterator[tuple[int, list[str] | str]]:
    """(número de fila, celdas como texto). Una fórmula vale lo que la hoja tenía calculado; sin eso, su texto."""
    _desconfiar(ruta)
    with ExitStack() as pila:
        valores = pila.enter_context(_abierto(ruta, valores=True))
        formulas = pila.enter_context(_abierto(ruta, valores=False)) if _tiene_formulas(ruta) else None
        try:
            yield from _numeradas(_filas(valores, hoja), _filas(formulas, hoja) if formulas else repeat(()))
        except ArchivoInutilizable:
            raise
        except (ValueError, KeyError, TypeError, SyntaxError, zipfile.BadZipFile, EOFError) as error:
            raise ArchivoInutilizable(_NO_SE_PUDO.format(hoja)) from error


def _numeradas(valores: Iterator[tuple[Any, ...]], formulas: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, list[str] | str]]:
    for numero, (celdas, textos) in enumerate(zip(valores, formulas, strict=False), 1):
        if numero > FILAS_DE_UNA_HOJA:
            raise ArchivoInutilizable("La hoja dice tener más filas de las que caben en una hoja de cálculo: está dañada.")
        yield numero, [_texto(v if v is not None else _en(textos, n)) for n, v in enumerate(celdas)]


def _filas(libro: Any, hoja: str) -> Iterator[tuple[Any, ...]]:
    pagina = libro[hoja]
    pagina.reset_dimensions()  # las que declara el archivo pueden ser de dieciséis mil columnas vacías
    return pagina.iter_rows(values_only=True)


def _en(celdas: Any, n: int) -> Any:
    return celdas[n] if n < len(celdas) else None


@contextmanager
def _abierto(ruta: Path, *, valores: bool) -> Iterator[Any]:
    with ruta.open("rb") as archivo:
        try:
            libro = load_workbook(archivo, read_only=True, data_only=valores, keep_links=False)
        except (
            InvalidFileException,
            zipfile.BadZipFile,
            KeyError,
            ValueError,
            TypeError,
            SyntaxError,
            OSError,
            EOFError,
        ) as error:
            raise ArchivoInutilizable(_NO_SE_PUDO.format(ruta.name)) from error
        try:
            yield libro
        finally:
            libro.close()


def _desconfiar(ruta: Path) -> None:
    try:
        with ruta.open("rb") as archivo:
            if archivo.read(4) == _OLE:
                raise ArchivoInutilizable(
                    "Es un libro de Excel antiguo (.xls) o con contraseña. Guárdelo como .xlsx sin contraseña."
                )
        with zipfile.ZipFile(ruta) as paquete:
            _revisar_partes(paquete)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise ArchivoInutilizable(_NO_SE_PUDO.format(ruta.name)) from error


def _revisar_partes(paquete: zipfile.ZipFile) -> None:
    partes = paquete.infolist()
    if any(p.filename.lower().endswith("vbaproject.bin") for p in partes):
        raise ArchivoInutilizable("El libro trae macros y no se abre. Guárdelo como «Libro de Excel (.xlsx)», sin macros.")
    inflado = sum(p.file_size for p in partes)
    if len(partes) > PARTES_MAXIMAS or inflado > INFLADO_MAXIMO:
        raise ArchivoInutilizable(
            f"El libro ocupa {inflado // 1024**2:,} MB ya descomprimido y se leen hasta {INFLADO_MAXIMO // 1024**2} MB. Guárdelo como CSV UTF-8."
        )
    for parte in partes:
        if parte.filename.endswith((".xml", ".rels")):
            with paquete.open(parte) as xml:
                if b"<!DOCTYPE" in xml.read(2048).upper():
                    raise ArchivoInutilizable("El libro trae definiciones que una hoja de cálculo no usa; no se abre.")


def _tiene_formulas(ruta: Path) -> bool:
    with zipfile.ZipFile(ruta) as paquete:
        return any(_contiene(paquete, p.filename) for p in paquete.infolist() if "/worksheets/" in f"/{p.filename}")


def _contiene(paquete: zipfile.ZipFile, nombre: str) -> bool:
    cola = b""
    with paquete.open(nombre) as xml:
        while trozo := xml.read(1024 * 1024):
            junto = cola + trozo
            if b"<f>" in junto or b"<f " in junto:
                return True
            cola = trozo[-3:]
    return False


def _texto(valor: Any) -> str:
    """Una celda como la leería una persona: 2026-11-22, 12, 3.5, sí."""
    if valor is None:
        return ""
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    if isinstance(valor, float) and valor.is_integer() and abs(valor) < 1e15:
        return str(int(valor))
    if isinstance(valor, datetime):
        return valor.date().isoformat() if valor.time() == _MEDIANOCHE else valor.isoformat(sep=" ", timespec="seconds")
    if isinstance(valor, timedelta):
        return str(valor)
    return valor.isoformat() if isinstance(valor, date | time) else str(valor)
