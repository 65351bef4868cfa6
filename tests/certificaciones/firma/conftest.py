from pathlib import Path

import pytest

from certificaciones.firma import PkiDeEnsayo, firmar, pki_de_ensayo
from tests.certificaciones.firma.papel import hacer_papel


@pytest.fixture(scope="session")
def carpeta_de_pki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La PKI de ensayo se hace una vez por sesión."""
    carpeta = tmp_path_factory.mktemp("pki")
    pki_de_ensayo(carpeta)
    return carpeta


@pytest.fixture
def pki(carpeta_de_pki: Path) -> PkiDeEnsayo:
    """Otra instancia por prueba: lo que una revoca no lo ve otra."""
    return pki_de_ensayo(carpeta_de_pki)


@pytest.fixture
def papel(tmp_path: Path) -> Path:
    """Una copia sin firmar."""
    return hacer_papel(tmp_path / "sin_firma.pdf")


@pytest.fixture(scope="session")
def copia_de_la_sesion(carpeta_de_pki: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Una copia firmada que nadie cambia."""
    carpeta = tmp_path_factory.mktemp("copia")
    pki = pki_de_ensayo(carpeta_de_pki)
    firmar(hacer_papel(carpeta / "sin_firma.pdf"), carpeta / "copia.pdf", pki.firmante(), pki.servicios())
    return carpeta / "copia.pdf"
