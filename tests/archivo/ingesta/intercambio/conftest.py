import csv
import io
from pathlib import Path

import pytest

from archivo.archivistica.puerta import asegurar_regla
from tests.fabricas import area, persona


@pytest.fixture
def quien_recibe(db):
    """Alguien del archivo histórico, con la regla base de expedientes."""
    asegurar_regla()
    return persona("archivo_historico")


@pytest.fixture
def area_que_recibe(db):
    """El área a la que queda el fondo."""
    return area("Archivo histórico")


@pytest.fixture
def csv_de(tmp_path):
    """Escribe un CSV de AtoM con esas filas; las columnas que faltan van vacías. Devuelve su ruta."""

    def _csv(*filas, nombre="fondo.csv", columnas=()):
        encabezado = list(dict.fromkeys([*COLUMNAS, *columnas, *(c for fila in filas for c in fila)]))
        salida = io.StringIO(newline="")
        tabla = csv.DictWriter(salida, encabezado, restval="")
        tabla.writeheader()
        tabla.writerows(filas)
        ruta = tmp_path / nombre
        ruta.write_text(salida.getvalue(), encoding="utf-8")
        return ruta

    return _csv


@pytest.fixture
def xml_de(tmp_path):
    """Escribe un archivo XML con ese contenido; devuelve su ruta."""

    def _xml(contenido, nombre="fondo.xml"):
        ruta = Path(tmp_path / nombre)
        ruta.write_bytes(contenido if isinstance(contenido, bytes) else contenido.encode())
        return ruta

    return _xml


COLUMNAS = (
    "legacyId",
    "parentId",
    "qubitParentSlug",
    "identifier",
    "title",
    "levelOfDescription",
    "publicationStatus",
    "culture",
)
