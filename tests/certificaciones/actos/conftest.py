import shutil
from pathlib import Path

import pytest

from certificaciones.firma import pki_de_ensayo


@pytest.fixture(scope="session")
def pki_de_la_sesion(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Hacer las claves de ensayo toma un segundo: se hacen una vez y cada prueba recibe su copia."""
    carpeta = tmp_path_factory.mktemp("pki")
    pki_de_ensayo(carpeta)
    return carpeta


@pytest.fixture(autouse=True)
def claves_de_ensayo(carpeta_de_datos_propia: None, pki_de_la_sesion: Path, settings) -> Path:
    """Las claves de ensayo ya puestas en la carpeta de datos de la prueba."""
    destino = settings.ACERVO_DATOS / "llaves" / "ensayo"
    shutil.copytree(pki_de_la_sesion, destino)
    return destino
