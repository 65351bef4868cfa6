from pathlib import Path

import pytest

from certificaciones.copia.puerta import componer
from certificaciones.firma import PkiDeEnsayo, firmar, pki_de_ensayo
from tests.certificaciones.copia import originales
from tests.certificaciones.copia.conftest import acta, fuente
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
    """Una copia hecha con el compositor del producto, con un original de tres páginas adjunto, y firmada. Nadie la cambia."""
    carpeta = tmp_path_factory.mktemp("copia")
    pki = pki_de_ensayo(carpeta_de_pki)
    documento = originales.guardar(originales.escaneo(3), carpeta / "oficio.pdf")
    sin_firma = componer(acta(modo_de_firma="efirma", ensayo=True), [fuente(documento)], carpeta / "sin_firma.pdf").ruta
    firmar(sin_firma, carpeta / "copia.pdf", pki.firmante(), pki.servicios())
    return carpeta / "copia.pdf"
