"""Tablas de cualquier origen (CSV, TSV, XLSX) como un encabezado y renglones numerados como los ve quien abre la hoja."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from archivo.ingesta.importacion.dialecto import CODIFICACIONES, Lectura, codec_de, codificacion_de, separador_de
from archivo.ingesta.importacion.filas import ArchivoInutilizable, FilaIlegible
from archivo.ingesta.importacion.libros import hojas_de, renglones_de_libro

EXTENSIONES_DE_TEXTO = (".csv", ".tsv", ".txt")
EXTENSIONES_DE_LIBRO = (".xlsx",)
CELDA_MAXIMA = 8 * 1024 * 1024
COLUMNAS_MAXIMAS = 1_000
FILAS_HASTA_EL_ENCABEZADO = 200
VACIAS_SEGUIDAS = 50_000

csv.field_size_limit(CELDA_MAXIMA)


@dataclass(frozen=True)
class Renglon:
    """Una fila de la tabla: su número en la hoja (la primera es la 1) y una celda por columna del encabezado."""

    numero: int
    celdas: tuple[str, ...]


@dataclass
class Tabla:
    """Un encabezado y los renglones que le siguen. Un renglón con celdas de más o de menos llega como `FilaIlegible`."""

    encabezado: tuple[str, ...]
    renglones: Iterator[Renglon | FilaIlegible]
    lectura: Lectura


def es_libro(nombre: str) -> bool:
    """¿Es un libro de hojas de cálculo?"""
    return nombre.lower().endswith(EXTENSIONES_DE_LIBRO)


def es_tabla(nombre: str) -> bool:
    """¿Se lee como tabla?"""
    return nombre.lower().endswith((*EXTENSIONES_DE_TEXTO, *EXTENSIONES_DE_LIBRO))


def detectar(ruta: Path, nombre: str, lectura: Lectura) -> Lectura:
    """La misma lectura con lo que faltaba ya detectado.

    Raises:
        ArchivoInutilizable: el libro no se puede abrir o no tiene la hoja pedida.
    """
    if es_libro(nombre):
        hojas = hojas_de(ruta)
        return Lectura("", "", lectura.hoja if lectura.hoja in hojas else hojas[0], lectura.fechas)
    codificacion = lectura.codificacion or codificacion_de(ruta)
    return Lectura(codificacion, lectura.separador or separador_de(ruta, codificacion), "", lectura.fechas)


def abrir_tabla(ruta: Path, nombre: str, lectura: Lectura | None = None) -> Tabla:
    """La tabla de un archivo. El encabezado es la primera fila que no está vacía.

    Raises:
        ArchivoInutilizable: no hay encabezado, o el archivo no se puede abrir o es una trampa (dice por qué y qué hacer).
    """
    completa = detectar(ruta, nombre, lectura or Lectura())
    crudos = renglones_de_libro(ruta, completa.hoja) if es_libro(nombre) else _de_texto(ruta, completa)
    encabezado, resto = _con_encabezado(crudos, nombre)
    ajusta = _de_libro if es_libro(nombre) else _exacto
    return Tabla(encabezado, _renglones(resto, len(encabezado), ajusta), completa)


def _de_texto(ruta: Path, lectura: Lectura) -> Iterator[tuple[int, list[str] | str]]:
    """(número, celdas), o (número, motivo) de lo que no se pudo leer."""
    try:
        archivo = ruta.open(encoding=codec_de(lectura.codificacion), errors="surrogateescape", newline="")
    except OSError as error:
        raise ArchivoInutilizable(f"No se pudo abrir el archivo: {error.strerror}. Revise la ruta y sus permisos.") from error
    with archivo:
        lector = csv.reader(archivo, delimiter=lectura.separador, strict=True)
        numero = 0
        while True:
            numero += 1
            try:
                celdas = next(lector)
            except StopIteration:
                return
            except csv.Error as error:
                yield numero, _motivo_de_csv(str(error))
                continue
            except UnicodeError:
                yield numero, f"Desde aquí el archivo no es {CODIFICACIONES[lectura.codificacion]}. Elija otra codificación."
                return
            if numero == 1 and len(celdas) <= 2 and "".join(celdas).lower() in {"sep=", f"sep={lectura.separador}"}:
                numero = 0
                continue
            yield numero, _sin_escapes(celdas, lectura)


def _motivo_de_csv(error: str) -> str:
    if "unexpected end" in error:
        return (
            "Se abren unas comillas que no se cierran: desde esta fila nada se pudo leer. Ciérrelas y vuelva a subir el archivo."
        )
    if "field limit" in error:
        return f"Una celda pasa de {CELDA_MAXIMA // 1024**2} MB; suele faltar una comilla de cierre."
    return 'Las comillas de la fila están mal puestas: una comilla dentro de una celda se escribe dos veces («""»).'


def _sin_escapes(celdas: list[str], lectura: Lectura) -> list[str] | str:
    if any("\udc80" <= c <= "\udcff" for celda in celdas for c in celda if not celda.isascii()):
        return f"Tiene letras que no son {CODIFICACIONES[lectura.codificacion]}. Guarde el archivo como UTF-8, o elija otra codificación."
    return celdas


def _con_encabezado(
    crudos: Iterator[tuple[int, list[str] | str]], nombre: str
) -> tuple[tuple[str, ...], Iterable[tuple[int, list[str] | str]]]:
    for vistas, (numero, celdas) in enumerate(crudos):
        if vistas > FILAS_HASTA_EL_ENCABEZADO:
            break
        if isinstance(celdas, str):
            raise ArchivoInutilizable(f"El encabezado de «{nombre}» (fila {numero}) no se puede leer. {celdas}")
        recortado = _sin_cola([c.strip() for c in celdas])
        if not recortado:
            continue
        if len(recortado) > COLUMNAS_MAXIMAS:
            raise ArchivoInutilizable(f"«{nombre}» tiene {len(recortado):,} columnas; se reciben hasta {COLUMNAS_MAXIMAS:,}.")
        return tuple(recortado), crudos
    raise ArchivoInutilizable(f"«{nombre}» no tiene encabezado: la primera fila con datos debe decir cómo se llama cada columna.")


def _sin_cola(celdas: list[str]) -> list[str]:
    while celdas and not celdas[-1].strip():
        celdas.pop()
    return celdas


def _exacto(celdas: list[str], columnas: int) -> list[str]:
    """En un CSV cada fila trae todas sus celdas; las sobrantes sólo se perdonan vacías."""
    return celdas[:columnas] if not "".join(celdas[columnas:]).strip() else celdas


def _de_libro(celdas: list[str], columnas: int) -> list[str]:
    """En una hoja las celdas vacías del final no se escriben."""
    return [*celdas, *[""] * (columnas - len(celdas))] if len(celdas) < columnas else _exacto(celdas, columnas)


def _renglones(
    crudos: Iterable[tuple[int, list[str] | str]], columnas: int, ajustar: Callable[[list[str], int], list[str]]
) -> Iterator[Renglon | FilaIlegible]:
    vacias = 0
    for numero, celdas in crudos:
        if isinstance(celdas, str):
            yield FilaIlegible(numero, celdas)
            continue
        if not any(c.strip() for c in celdas):
            vacias += 1
            if vacias > VACIAS_SEGUIDAS:
                yield FilaIlegible(
                    numero,
                    f"Hay más de {VACIAS_SEGUIDAS:,} filas vacías seguidas; lo que siga no se leyó. Borre las filas vacías.",
                )
                return
            continue
        vacias = 0
        yield _renglon(numero, ajustar(celdas, columnas), columnas)


def _renglon(numero: int, celdas: list[str], columnas: int) -> Renglon | FilaIlegible:
    if len(celdas) == columnas:
        return Renglon(numero, tuple(celdas))
    sobran = "de más" if len(celdas) > columnas else "de menos"
    motivo = f"La fila tiene {len(celdas)} columnas y el encabezado {columnas}: hay celdas {sobran}. Revise comas y comillas."
    return FilaIlegible(numero, motivo, original=tuple(celdas))


def hojas_de_archivo(ruta: Path, nombre: str) -> list[str]:
    """Las hojas de un libro; ninguna si no lo es. Lanza `ArchivoInutilizable`."""
    return hojas_de(ruta) if es_libro(nombre) else []


def muestra_de(tabla: Tabla, cuantas: int) -> list[list[str]]:
    """Por columna, sus primeros valores distintos de vacío."""
    valores: list[list[str]] = [[] for _ in tabla.encabezado]
    for renglon in islice(tabla.renglones, 50):
        for columna, celda in zip(valores, renglon.celdas if isinstance(renglon, Renglon) else (), strict=False):
            if celda.strip() and len(columna) < cuantas:
                columna.append(celda.strip()[:120])
    return valores
