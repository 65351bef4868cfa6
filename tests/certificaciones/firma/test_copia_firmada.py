"""Firmar de una vez y validar lo firmado."""

import base64
import hashlib

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from certificaciones.firma import Confianza, FirmaRechazada, SelloPendiente, firmar, firmas_que_trae, leer_certificado, validar
from certificaciones.firma.firmantes import revisar_firma
from tests.certificaciones.firma.ataques import contenido_cambiado, firma_en_ceros
from tests.certificaciones.firma.papel import hacer_papel


def test_la_copia_firmada_vale_y_deja_constancia(papel, pki, tmp_path):
    salida = tmp_path / "copia.pdf"
    hecha = firmar(papel, salida, pki.firmante(), pki.servicios(), "Alcaldía Ejemplo")
    dictamen = validar(salida, pki.confianza)
    assert dictamen.valida, dictamen.motivos
    assert dictamen.titular == hecha.titular == "MARÍA ÑÚÑEZ DE ENSAYO"
    assert dictamen.numero_de_certificado == hecha.numero_de_certificado
    assert len(hecha.numero_de_certificado) == 20
    assert dictamen.de_prueba
    assert dictamen.momento == hecha.momento
    assert hecha.sha256 == hashlib.sha256(salida.read_bytes()).hexdigest()
    assert hecha.ocsp
    assert hecha.sello_de_tiempo
    revisar_firma(leer_certificado(hecha.certificado), base64.b64decode(hecha.sello_digital), atributos_de(salida))


def atributos_de(copia):
    """Los atributos firmados de la única firma, como se firmaron."""
    with copia.open("rb") as archivo:
        return PdfFileReader(archivo).embedded_signatures[0].signer_info["signed_attrs"].untag().dump()


def test_es_una_sola_revision_sobre_los_bytes_sin_firmar(papel, pki, tmp_path):
    salida = tmp_path / "copia.pdf"
    firmar(papel, salida, pki.firmante(), pki.servicios())
    firmada = salida.read_bytes()
    assert firmada.startswith(papel.read_bytes())
    assert firmada.count(b"%%EOF") == 2
    assert b"/VRI" not in firmada
    assert b"/DSS" in firmada
    assert b"/DocMDP" in firmada


def test_si_algo_falla_no_queda_nada(papel, pki, tmp_path):
    servicios = pki.servicios()
    servicios.sellos._transporte = lambda peticion: b"no es un sello"
    with pytest.raises(SelloPendiente):
        firmar(papel, tmp_path / "copia.pdf", pki.firmante(), servicios)
    assert [a.name for a in tmp_path.iterdir() if "copia" in a.name] == []


def test_sin_campo_preparado_no_se_firma(pki, tmp_path):
    papel = hacer_papel(tmp_path / "otro.pdf", campo="Otro")
    with pytest.raises(FirmaRechazada, match="otros campos"):
        firmar(papel, tmp_path / "copia.pdf", pki.firmante(), pki.servicios())


def test_lo_ya_firmado_no_se_firma_otra_vez(copia_de_la_sesion, pki, tmp_path):
    with pytest.raises(FirmaRechazada, match="ya está firmado"):
        firmar(copia_de_la_sesion, tmp_path / "dos.pdf", pki.firmante(), pki.servicios())


def test_lo_que_trae_firmado_un_original_se_dice_en_una_frase(copia_de_la_sesion, papel, pki, tmp_path):
    assert firmas_que_trae(papel, pki.confianza) == ""
    dicho = firmas_que_trae(copia_de_la_sesion, pki.confianza)
    assert dicho == "MARÍA ÑÚÑEZ DE ENSAYO: íntegra, abarca todo el documento, autoridad de confianza."
    (tmp_path / "cambiada.pdf").write_bytes(contenido_cambiado(copia_de_la_sesion.read_bytes()))
    assert "hay cambios posteriores a ella" in firmas_que_trae(tmp_path / "cambiada.pdf", pki.confianza)
    (tmp_path / "rota.pdf").write_bytes(firma_en_ceros(copia_de_la_sesion.read_bytes()))
    assert "no se pudieron leer" in firmas_que_trae(tmp_path / "rota.pdf", pki.confianza)
    assert "no comprobada" in firmas_que_trae(copia_de_la_sesion, Confianza(()))
