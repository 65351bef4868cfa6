import shutil
from pathlib import Path

import pytest

from certificaciones import firma
from certificaciones.firma import PkiDeEnsayo, pki_de_ensayo
from tests.certificaciones.actos.mundo import Oficina, oficina


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


@pytest.fixture
def casa(db: None) -> Oficina:
    """Una oficina que certifica, con todo lo que hace falta para expedir."""
    return oficina()


@pytest.fixture
def pki(claves_de_ensayo: Path, monkeypatch: pytest.MonkeyPatch) -> PkiDeEnsayo:
    """Las autoridades de ensayo, como si fueran las configuradas por la institución."""
    propia = firma.pki_de_ensayo(claves_de_ensayo)
    monkeypatch.setattr(firma, "servicios_de_la_casa", propia.servicios)
    monkeypatch.setattr(firma, "confianza_de_la_casa", lambda: propia.confianza)
    monkeypatch.setattr(firma, "firmante_de_la_casa", lambda modo: propia.firmante())
    return propia
