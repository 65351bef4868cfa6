"""Los arreglos para la e.firma del SAT siguen haciendo falta, y siguen bastando.

Cuando una de estas falle, la biblioteca cambió: si ya admite lo del SAT se quita el arreglo; si cambió de otro modo, se revisa.
"""

from importlib import metadata

import pytest
from asn1crypto import core, x509
from pyhanko_certvalidator import CertificateValidator, validate
from pyhanko_certvalidator.errors import InsufficientRevinfoError

from certificaciones.firma import Titular, titular_de
from certificaciones.firma.asincrono import esperar
from certificaciones.firma.compatibilidad import aplicar, declaradas, declaradas_de_la_biblioteca
from certificaciones.firma.emision import nombre_como_el_sat

ELLA = Titular("ÁÉÍÓÚ ÜÑ áéíóú üñ", "XAXX010101000", "XAXX010101MDFXXX01")


@pytest.fixture
def como_viene(monkeypatch):
    """Las bibliotecas sin ningún arreglo."""
    monkeypatch.setitem(x509.NameTypeAndValue._oid_specs, "unique_identifier", core.OctetBitString)
    monkeypatch.setattr(core.TeletexString, "_encoding", "teletex")
    monkeypatch.setattr(validate, "get_declared_revinfo", declaradas_de_la_biblioteca)


def exigir_estado(certificado, respuesta, confianza):
    contexto = confianza.contexto([respuesta])
    return esperar(CertificateValidator(certificado, validation_context=contexto).async_validate_path())


@pytest.mark.parametrize(
    ("paquete", "version"),
    [("pyhanko", "0.38."), ("pyhanko-certvalidator", "0.33."), ("asn1crypto", "1.5.")],
)
def test_las_versiones_son_las_revisadas(paquete, version):
    assert metadata.version(paquete).startswith(version)


def test_sin_arreglo_el_rfc_no_se_puede_leer(como_viene):
    with pytest.raises((ValueError, KeyError)):
        x509.Name.load(nombre_como_el_sat(Titular("ANA", "XAXX010101000", "X")).dump()).native  # noqa: B018


def test_sin_arreglo_los_acentos_no_se_pueden_leer(como_viene):
    with pytest.raises(UnicodeDecodeError):
        core.TeletexString.load(b"\x14\x02\xd1\xda").native  # noqa: B018


def test_sin_arreglo_no_se_mira_la_respuesta_que_ya_se_tiene(pki, monkeypatch):
    servicios, firmante = pki.servicios(), pki.firmante().certificado
    respuesta = servicios.comprobar(firmante).respuesta
    monkeypatch.setattr(validate, "get_declared_revinfo", declaradas_de_la_biblioteca)
    with pytest.raises(InsufficientRevinfoError):
        exigir_estado(firmante, respuesta, servicios.confianza)


def test_con_arreglo_el_nombre_se_lee_entero():
    certificado = type("C", (), {"subject": x509.Name.load(nombre_como_el_sat(ELLA).dump())})
    assert titular_de(certificado) == ELLA


def test_con_arreglo_se_exige_la_respuesta(pki):
    servicios, firmante = pki.servicios(), pki.firmante().certificado
    respuesta = servicios.comprobar(firmante).respuesta
    assert exigir_estado(firmante, respuesta, servicios.confianza)
    with pytest.raises(InsufficientRevinfoError):
        sin_respuesta = servicios.confianza.contexto()
        esperar(CertificateValidator(firmante, validation_context=sin_respuesta).async_validate_path())


def test_el_arreglo_no_toca_a_las_autoridades(pki):
    assert declaradas(pki.confianza.intermedias[0]) == (False, False)
    assert declaradas(pki.firmante().certificado) == (False, True)


def test_aplicar_dos_veces_no_cambia_nada():
    aplicar()
    assert validate.get_declared_revinfo is declaradas
    assert declaradas_de_la_biblioteca is not declaradas
