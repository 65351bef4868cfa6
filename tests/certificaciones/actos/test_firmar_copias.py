"""Expedir con firma electrónica: en el navegador, con el sello de la institución, y lo que pasa si las autoridades no responden."""

import pytest

from archivo.objetos.puerta import ruta_local
from certificaciones import firma
from certificaciones.actos.models import ReservaDeFolio
from certificaciones.actos.puerta import (
    ActoRechazado,
    Certificacion,
    abandonar_firma,
    completar_firma,
    expedir,
    preparar_firma,
    verificar_archivo,
)

pytestmark = pytest.mark.django_db


def _no_responde(peticion):
    raise firma.SelloPendiente("La autoridad de sellos de tiempo no responde.")


def _pedir(acto, casa, pki):
    return preparar_firma(acto, casa.certificadora, pki.firmante().certificado.dump())


def _firmas(por_firmar, pki):
    return [pki.firmante().firmar(atributos) for atributos in por_firmar.atributos]


def test_efirma_en_dos_pasos(casa, pki):
    acto = casa.en_firma(casa.documento(2), firma_tipo="efirma")
    with pytest.raises(ActoRechazado, match="se firma en el navegador"):
        expedir(acto, casa.certificadora)
    por_firmar = _pedir(acto, casa, pki)
    assert (por_firmar.folio[:9], len(por_firmar.atributos), por_firmar.copia.is_file()) == ("CC/00001/", 1, True)
    hecha = completar_firma(por_firmar.testigo, _firmas(por_firmar, pki), casa.certificadora).certificacion
    assert (hecha.folio, hecha.firma["titular"]) == (por_firmar.folio, "MARÍA ÑÚÑEZ DE ENSAYO")
    assert {"ocsp", "sello_de_tiempo", "certificado", "sello_digital"} <= hecha.firma.keys()
    assert verificar_archivo(ruta_local(hecha.objeto)).resultado == "vigente"
    assert not ReservaDeFolio.objects.exists()
    with pytest.raises(ActoRechazado, match="venció, ya se usó o no es suya"):
        completar_firma(por_firmar.testigo, _firmas(por_firmar, pki), casa.certificadora)


def test_una_peticion_ajena_o_inventada_no_sirve(casa, pki):
    por_firmar = _pedir(casa.en_firma(firma_tipo="efirma"), casa, pki)
    for testigo, quien in ((por_firmar.testigo, casa.tramite), ("../../llaves", casa.certificadora), ("", casa.certificadora)):
        with pytest.raises(ActoRechazado, match="venció, ya se usó o no es suya"):
            completar_firma(testigo, _firmas(por_firmar, pki), quien)
    assert not Certificacion.objects.expedidas().exists()


def test_una_firma_que_no_corresponde_no_expide(casa, pki):
    por_firmar = _pedir(casa.en_firma(firma_tipo="efirma"), casa, pki)
    with pytest.raises(ActoRechazado, match="no corresponde"):
        completar_firma(por_firmar.testigo, [b"\x00" * 256], casa.certificadora)
    assert not Certificacion.objects.expedidas().exists()


def test_abandonar_deja_libre_el_folio(casa, pki):
    por_firmar = _pedir(casa.en_firma(firma_tipo="efirma"), casa, pki)
    abandonar_firma(por_firmar.testigo, casa.certificadora)
    otra = expedir(casa.en_firma(), casa.certificadora).certificacion
    assert otra.folio == por_firmar.folio


def test_quien_perdio_su_folio_por_tardar_no_expide(casa, pki):
    acto = casa.en_firma(firma_tipo="efirma")
    por_firmar = _pedir(acto, casa, pki)
    ReservaDeFolio.objects.update(vence="2026-01-01T00:00:00Z")
    otra = expedir(casa.en_firma(), casa.certificadora).certificacion
    assert otra.folio == por_firmar.folio
    with pytest.raises(ActoRechazado, match="se reservó a otra"):
        completar_firma(por_firmar.testigo, _firmas(por_firmar, pki), casa.certificadora)
    segunda = _pedir(acto, casa, pki)
    hecha = completar_firma(segunda.testigo, _firmas(segunda, pki), casa.certificadora).certificacion
    assert hecha.consecutivo == 2


def test_si_el_borrador_cambia_entre_tanto_no_se_expide(casa, pki):
    acto = casa.en_firma(firma_tipo="efirma")
    por_firmar = _pedir(acto, casa, pki)
    Certificacion.objects.get(pk=acto.pk).save()
    with pytest.raises(ActoRechazado, match="cambió mientras se firmaba"):
        completar_firma(por_firmar.testigo, _firmas(por_firmar, pki), casa.certificadora)
    assert not Certificacion.objects.expedidas().exists()


def test_sello_de_la_institucion(casa, pki):
    hecha = expedir(casa.en_firma(firma_tipo="sello"), casa.certificadora).certificacion
    assert verificar_archivo(ruta_local(hecha.objeto)).resultado == "vigente"


@pytest.mark.parametrize("autoridad", ["sellos", "estados"])
def test_sin_autoridad_queda_pendiente_de_sello_y_luego_se_expide(casa, pki, monkeypatch, autoridad):
    acto = casa.en_firma(firma_tipo="sello")
    with monkeypatch.context() as caida:
        caida.setattr(getattr(pki, autoridad), "responder", _no_responde)
        with pytest.raises(ActoRechazado, match="pendiente de sello"):
            expedir(acto, casa.certificadora)
    pendiente = Certificacion.objects.get(pk=acto.pk)
    assert (pendiente.estado, pendiente.folio) == ("pendiente_de_sello", None)
    assert "no responde" in pendiente.motivo
    assert not ReservaDeFolio.objects.exists()
    assert expedir(pendiente, casa.certificadora).certificacion.consecutivo == 1


def test_un_certificado_revocado_no_firma_y_sigue_en_firma(casa, pki):
    acto = casa.en_firma(firma_tipo="sello")
    pki.estados.revocar(pki.firmante().certificado)
    with pytest.raises(ActoRechazado, match="revocado"):
        expedir(acto, casa.certificadora)
    assert Certificacion.objects.get(pk=acto.pk).estado == "en_firma"
