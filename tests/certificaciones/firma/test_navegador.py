"""La firma en dos peticiones: la clave está en el navegador."""

import json
from datetime import timedelta

import pytest
import time_machine

from certificaciones.firma import (
    CertificadoRechazado,
    FirmaRechazada,
    PeticionDeFirma,
    PeticionVencida,
    SelloPendiente,
    Titular,
    completar,
    pedir,
    pki_de_ensayo,
    validar,
)

ELLA = Titular("JOSÉ PEÑA GÜEMES", "PEGJ800101AAA", "PEGJ800101HDFXXX01")


@pytest.fixture(scope="module")
def efirma(carpeta_de_pki):
    return pki_de_ensayo(carpeta_de_pki).emitir(ELLA)


@pytest.fixture
def peticion(papel, pki, efirma, tmp_path):
    return pedir(papel, tmp_path / "trabajo.pdf", efirma.certificado, pki.servicios(), ELLA)


def firma_de(peticion, pki, efirma):
    return pki.firmante(efirma).firmar(peticion.atributos)


def test_el_estado_entre_las_dos_es_json_y_la_copia_vale(peticion, pki, efirma, tmp_path):
    guardado = json.dumps(peticion.estado())
    devuelta = PeticionDeFirma.de_estado(json.loads(guardado))
    assert devuelta == peticion
    assert 200 < len(peticion.atributos) < 400
    hecha = completar(devuelta, firma_de(peticion, pki, efirma), tmp_path / "copia.pdf", pki.servicios())
    dictamen = validar(tmp_path / "copia.pdf", pki.confianza)
    assert dictamen.valida, dictamen.motivos
    assert dictamen.titular == hecha.titular == "JOSÉ PEÑA GÜEMES"


def test_una_peticion_sirve_una_sola_vez(peticion, pki, efirma, tmp_path):
    firma = firma_de(peticion, pki, efirma)
    completar(peticion, firma, tmp_path / "copia.pdf", pki.servicios())
    with pytest.raises(PeticionVencida):
        completar(peticion, firma, tmp_path / "otra.pdf", pki.servicios())
    assert not (tmp_path / "otra.pdf").exists()


def test_una_peticion_vence_a_los_diez_minutos(peticion, pki, efirma, tmp_path):
    firma = firma_de(peticion, pki, efirma)
    with time_machine.travel(peticion.hecha + timedelta(minutes=10, seconds=1)), pytest.raises(PeticionVencida):
        completar(peticion, firma, tmp_path / "copia.pdf", pki.servicios())
    assert not peticion.trabajo.exists()


def test_la_firma_de_otra_clave_no_entra(peticion, pki, tmp_path):
    ajena = pki.firmante().firmar(peticion.atributos)
    with pytest.raises(FirmaRechazada, match="no corresponde"):
        completar(peticion, ajena, tmp_path / "copia.pdf", pki.servicios())
    assert not (tmp_path / "copia.pdf").exists()


@pytest.mark.parametrize("donde", [100, -100])
def test_el_documento_cambiado_entre_las_dos_no_se_firma(peticion, pki, efirma, tmp_path, donde):
    bytes_ = bytearray(peticion.trabajo.read_bytes())
    bytes_[donde] ^= 1
    peticion.trabajo.write_bytes(bytes_)
    with pytest.raises(FirmaRechazada, match="cambió entre la revisión y la firma"):
        completar(peticion, firma_de(peticion, pki, efirma), tmp_path / "copia.pdf", pki.servicios())


def test_revocado_entre_las_dos_no_se_firma(peticion, pki, efirma, tmp_path):
    firma = firma_de(peticion, pki, efirma)
    pki.estados.revocar(efirma.certificado)
    with pytest.raises(CertificadoRechazado, match="revocado"):
        completar(peticion, firma, tmp_path / "copia.pdf", pki.servicios())
    assert not (tmp_path / "copia.pdf").exists()


def test_sin_sello_queda_pendiente_y_no_hay_copia(peticion, pki, efirma, tmp_path):
    servicios = pki.servicios()

    def caida(peticion_de_sello):
        raise SelloPendiente("No contestó")

    servicios.sellos._transporte = caida
    with pytest.raises(SelloPendiente):
        completar(peticion, firma_de(peticion, pki, efirma), tmp_path / "copia.pdf", servicios)
    assert sorted(a.name for a in tmp_path.iterdir() if a.is_file()) == ["sin_firma.pdf"]


def test_la_efirma_de_otra_persona_se_rechaza(papel, pki, efirma, tmp_path):
    for esperado, dato in ((Titular("X", rfc="XXXX800101AAA"), "RFC"), (Titular("X", curp="XXXX800101MDFXXX01"), "CURP")):
        with pytest.raises(CertificadoRechazado, match=dato):
            pedir(papel, tmp_path / "trabajo.pdf", efirma.certificado, pki.servicios(), esperado)


def test_un_sello_digital_se_rechaza(papel, pki, tmp_path):
    csd = pki.emitir(ELLA, usos=("digital_signature", "non_repudiation"))
    with pytest.raises(CertificadoRechazado, match="CSD"):
        pedir(papel, tmp_path / "trabajo.pdf", csd.certificado, pki.servicios())


def test_uno_vencido_o_ajeno_se_rechaza(papel, pki, tmp_path, tmp_path_factory):
    ajena = pki_de_ensayo(tmp_path_factory.mktemp("ajena"))
    casos = (
        (pki.emitir(ELLA, dias=-1), "venció"),
        (ajena.emitir(ELLA), "autoridad de confianza"),
    )
    for identidad, motivo in casos:
        with pytest.raises(CertificadoRechazado, match=motivo):
            pedir(papel, tmp_path / "trabajo.pdf", identidad.certificado, pki.servicios())
    assert not (tmp_path / "trabajo.pdf").exists()
