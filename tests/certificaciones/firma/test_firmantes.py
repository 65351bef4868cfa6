"""Los firmantes del servidor: dispositivo PKCS#11 y sello de la institución."""

import os

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from certificaciones.firma import FirmaSinConfigurar, Titular, firmante_de_la_casa, firmar, validar
from certificaciones.firma.emision import certificar, de_efirma, nombre_de_autoridad, publica
from certificaciones.firma.pki_ensayo import Identidad, pki_de_ensayo
from tests.servidores.softhsm import ficha_de_softhsm

ALGUIEN = Titular("Archivo de la Alcaldia", "AEJ000101AAA", "AEJ000101HDFXXX01")


@pytest.fixture(scope="module")
def identidad(carpeta_de_pki):
    return pki_de_ensayo(carpeta_de_pki).emitir(ALGUIEN)


@pytest.fixture
def softhsm(identidad, monkeypatch, settings):
    """Un dispositivo SoftHSM con la clave dentro, y los ajustes que lo nombran."""
    return ficha_de_softhsm(identidad, monkeypatch, settings)


def test_la_clave_firma_dentro_del_dispositivo(softhsm, papel, pki, tmp_path):
    firmante = firmante_de_la_casa("pkcs11")
    assert not hasattr(firmante.clave, "private_bytes")
    firmar(papel, tmp_path / "copia.pdf", firmante, pki.servicios())
    dictamen = validar(tmp_path / "copia.pdf", pki.confianza)
    assert dictamen.valida, dictamen.motivos
    assert dictamen.titular == ALGUIEN.nombre


@pytest.mark.parametrize(("ajuste", "valor"), [("ACERVO_HSM_FICHA", "otra"), ("ACERVO_HSM_CLAVE", "otra")])
def test_lo_que_no_esta_en_el_dispositivo_se_dice(softhsm, ajuste, valor):
    setattr(softhsm, ajuste, valor)
    with pytest.raises(FirmaSinConfigurar, match="conectado"):
        firmante_de_la_casa("pkcs11").firmar(b"algo")


def test_un_pin_equivocado_se_dice(softhsm, monkeypatch):
    monkeypatch.setenv("ACERVO_HSM_PIN", "9999")
    with pytest.raises(FirmaSinConfigurar, match="PIN"):
        firmante_de_la_casa("pkcs11").firmar(b"algo")


@pytest.fixture
def sello(carpeta_de_pki, identidad, tmp_path, settings, monkeypatch):
    """El sello de la institución, en un PKCS#12 como los entrega una autoridad."""
    pki = pki_de_ensayo(carpeta_de_pki)
    emisora = pki._autoridades["emisora"]
    cuando = {"desde": identidad.certificado.not_valid_before, "hasta": identidad.certificado.not_valid_after}
    nombre = nombre_de_autoridad("Sello de la Alcaldía")
    quien = (emisora.certificado.subject, emisora.clave)
    propio = Identidad(certificar(nombre, publica(identidad.clave), quien, cuando, de_efirma()), identidad.clave)
    certificado = x509.load_der_x509_certificate(propio.certificado.dump())
    cifrado = serialization.BestAvailableEncryption(b"secreta")
    (tmp_path / "sello.p12").write_bytes(pkcs12.serialize_key_and_certificates(b"s", propio.clave, certificado, None, cifrado))
    settings.ACERVO_SELLO = str(tmp_path / "sello.p12")
    monkeypatch.setenv("ACERVO_SELLO_CONTRASENA", "secreta")
    return propio


def test_el_sello_de_la_institucion_firma(sello, papel, pki, tmp_path):
    firmar(papel, tmp_path / "copia.pdf", firmante_de_la_casa("sello"), pki.servicios())
    dictamen = validar(tmp_path / "copia.pdf", pki.confianza)
    assert dictamen.valida, dictamen.motivos
    assert dictamen.titular == "Sello de la Alcaldía"


def test_el_sello_con_otra_contrasena_se_dice(sello, monkeypatch):
    monkeypatch.setenv("ACERVO_SELLO_CONTRASENA", "otra")
    with pytest.raises(FirmaSinConfigurar, match="contraseña"):
        firmante_de_la_casa("sello")
    assert os.environ["ACERVO_SELLO_CONTRASENA"] not in repr(sello)


@pytest.mark.parametrize(("modo", "dice"), [("sello", "ACERVO_SELLO"), ("pkcs11", "ACERVO_HSM"), ("otro", "no es un modo")])
def test_sin_configurar_se_dice_que_falta(modo, dice):
    with pytest.raises(FirmaSinConfigurar, match=dice):
        firmante_de_la_casa(modo)


def test_la_clave_no_sale_en_la_representacion(pki):
    assert "clave" not in repr(pki.firmante())
