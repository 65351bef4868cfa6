"""Lo común a las pruebas."""

import pytest


@pytest.fixture(autouse=True)
def carpeta_de_datos_propia(settings, tmp_path):
    """Cada prueba escribe en su propia carpeta de datos."""
    settings.ACERVO_DATOS = tmp_path / "datos"
    settings.ACERVO_DATOS.mkdir()
