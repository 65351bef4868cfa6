"""Una autoridad de ensayo y la e.firma de una persona que certifica, para quien firma en el navegador."""

import pytest

from certificaciones.firma import Titular, pki_de_ensayo

ELLA = Titular("JOSEFINA PEÑA GÜEMES", "PEGJ800101AAA", "PEGJ800101MDFXXX01")


@pytest.fixture(scope="module")
def carpeta_de_pki(tmp_path_factory):
    return tmp_path_factory.mktemp("pki")


@pytest.fixture
def pki(carpeta_de_pki):
    return pki_de_ensayo(carpeta_de_pki)


@pytest.fixture(scope="module")
def efirma(carpeta_de_pki):
    return pki_de_ensayo(carpeta_de_pki).emitir(ELLA)
