import io

import pytest

from archivo.ingesta.puerta import Pedido, procesar, recibir


@pytest.fixture
def ingerir(db):
    """Recibe y procesa unos bytes; devuelve el ingreso con su veredicto."""

    def _ingerir(crudo, nombre="documento.pdf", **pedido):
        return procesar(recibir(io.BytesIO(crudo), nombre, Pedido(**pedido)).pk)

    return _ingerir


@pytest.fixture
def bytes_en(settings):
    """Los nombres de archivos que hay en una carpeta de los datos."""

    def _bytes_en(carpeta):
        return sorted(p.name for p in (settings.ACERVO_DATOS / carpeta).rglob("*") if p.is_file())

    return _bytes_en
