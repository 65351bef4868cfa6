"""Las llamadas de la página de firma: qué piden, qué contestan y a quién."""

import base64
import hashlib
import json
import re

import pypdfium2 as pdfium
import pytest
from django.conf import settings as ajustes
from django.urls import reverse

from archivo.objetos.puerta import ruta_local
from certificaciones.firma import Titular, validar
from tests import fabricas
from tests.certificaciones.oficina.efirma_de_prueba import ELLA
from tests.certificaciones.oficina.por_firmar import casa_con_autoridades, poner_mesa

pytestmark = pytest.mark.django_db


@pytest.fixture
def mesa(db):
    return poner_mesa(1)


@pytest.fixture
def casa(settings, pki, tmp_path):
    with casa_con_autoridades(settings, pki, tmp_path):
        yield settings


@pytest.fixture
def llamar(client, mesa):
    client.force_login(mesa.certificadora)

    def hecho(nombre, **datos):
        return client.post(reverse(f"certificaciones_firma_{nombre}"), json.dumps(datos), content_type="application/json")

    return hecho


def en_base64(bytes_):
    return base64.b64encode(bytes_).decode()


def test_de_la_preparada_a_la_expedida(llamar, client, mesa, casa, pki, efirma):
    copia = mesa.copias[0]
    certificado = en_base64(efirma.certificado.dump())
    dicho = llamar("certificado", certificado=certificado).json()
    assert dicho["titular"] == ELLA.nombre
    pedida = llamar("preparar", clave=copia.clave, certificado=certificado).json()
    sin_firma = b"".join(client.get(pedida["copia"]).streaming_content)
    assert [hashlib.sha256(sin_firma).hexdigest()] == pedida["huellas"]
    firmas = [en_base64(pki.firmante(efirma).firmar(base64.b64decode(a))) for a in pedida["atributos"]]
    hecha = llamar("completar", testigo=pedida["testigo"], firmas=firmas).json()
    copia.refresh_from_db()
    assert hecha["folio"] == copia.folio == pedida["folio"]
    assert hecha["sha256"] == copia.sha256
    assert client.get(pedida["copia"]).status_code == 404


def test_la_expedida_es_una_firma_valida(llamar, mesa, casa, pki, efirma, tmp_path):
    pedida = llamar("preparar", clave=mesa.copias[0].clave, certificado=en_base64(efirma.certificado.dump())).json()
    firmas = [en_base64(pki.firmante(efirma).firmar(base64.b64decode(a))) for a in pedida["atributos"]]
    llamar("completar", testigo=pedida["testigo"], firmas=firmas)
    mesa.copias[0].refresh_from_db()

    dictamen = validar(ruta_local(mesa.copias[0].objeto), pki.confianza)
    assert dictamen.valida, dictamen.motivos
    assert dictamen.titular == ELLA.nombre


def test_con_un_certificado_de_ensayo_cada_pagina_dice_sin_validez(llamar, client, mesa, casa, efirma):
    pedida = llamar("preparar", clave=mesa.copias[0].clave, certificado=en_base64(efirma.certificado.dump())).json()
    with pdfium.PdfDocument(b"".join(client.get(pedida["copia"]).streaming_content)) as documento:
        textos = [pagina.get_textpage().get_text_range() for pagina in documento]
    assert len(textos) >= 2
    assert all("SIN VALIDEZ" in texto for texto in textos)


def test_la_segunda_vez_debe_ser_la_misma_persona(llamar, mesa, casa, pki, efirma):
    certificado = en_base64(efirma.certificado.dump())
    pedida = llamar("preparar", clave=mesa.copias[0].clave, certificado=certificado).json()
    firmas = [en_base64(pki.firmante(efirma).firmar(base64.b64decode(a))) for a in pedida["atributos"]]
    assert llamar("completar", testigo=pedida["testigo"], firmas=firmas).status_code == 200
    otra = pki.emitir(Titular("OTRA PERSONA", "XEXX800101AAA", "XEXX800101MDFXXX01"))
    respuesta = llamar("certificado", certificado=en_base64(otra.certificado.dump()))
    assert respuesta.status_code == 422
    assert "RFC" in respuesta.json()["error"]


@pytest.mark.parametrize(("rfc", "contesta"), [("XEXX800101AAA", 422), (ELLA.rfc.lower(), 200)])
def test_desde_la_primera_vez_debe_ser_la_del_rfc_de_su_facultad(llamar, mesa, casa, efirma, rfc, contesta):
    mesa.certificadora.facultades.update(rfc=rfc)
    assert llamar("certificado", certificado=en_base64(efirma.certificado.dump())).status_code == contesta
    assert (
        llamar("preparar", clave=mesa.copias[0].clave, certificado=en_base64(efirma.certificado.dump())).status_code == contesta
    )


def test_una_firma_ajena_no_expide_ni_gasta_folio(llamar, mesa, casa, pki, efirma):
    certificado = en_base64(efirma.certificado.dump())
    pedida = llamar("preparar", clave=mesa.copias[0].clave, certificado=certificado).json()
    ajena = [en_base64(pki.firmante().firmar(base64.b64decode(a))) for a in pedida["atributos"]]
    respuesta = llamar("completar", testigo=pedida["testigo"], firmas=ajena)
    assert respuesta.status_code == 422
    assert "no corresponde" in respuesta.json()["error"]
    mesa.copias[0].refresh_from_db()
    assert mesa.copias[0].folio in {"", None}
    assert llamar("preparar", clave=mesa.copias[0].clave, certificado=certificado).json()["folio"] == pedida["folio"]


def test_sin_autoridad_de_sellos_queda_pendiente(llamar, mesa, casa, pki, efirma):
    casa.ACERVO_OCSP = "http://127.0.0.1:1/"
    casa.ACERVO_ESPERA_DE_FIRMA = 1
    respuesta = llamar("preparar", clave=mesa.copias[0].clave, certificado=en_base64(efirma.certificado.dump()))
    assert respuesta.status_code == 422
    assert "pendiente de sello" in respuesta.json()["error"]
    mesa.copias[0].refresh_from_db()
    assert mesa.copias[0].estado == "pendiente_de_sello"


def test_sin_configurar_la_pagina_dice_que_falta(client, mesa):
    client.force_login(mesa.certificadora)
    assert "ACERVO_TSA" in client.get(reverse("certificaciones_firma")).content.decode()


def test_abandonar_suelta_el_folio(llamar, mesa, casa, efirma):
    certificado = en_base64(efirma.certificado.dump())
    pedida = llamar("preparar", clave=mesa.copias[0].clave, certificado=certificado).json()
    assert llamar("abandonar", testigo=pedida["testigo"]).status_code == 200
    assert llamar("completar", testigo=pedida["testigo"], firmas=["AAAA"]).status_code == 422


@pytest.mark.parametrize(
    "cuerpo", [b"", b"[]", b"{", b'"x"', b'{"certificado": 5}', b'{"certificado": "no es base64"}', b"{}" + b" " * 70_000]
)
def test_lo_que_no_se_entiende_se_dice(client, mesa, casa, cuerpo):
    client.force_login(mesa.certificadora)
    for nombre in ("certificado", "completar"):
        respuesta = client.post(reverse(f"certificaciones_firma_{nombre}"), cuerpo, content_type="application/json")
        assert respuesta.status_code in {400, 422}
        assert respuesta.json()["error"]


@pytest.mark.parametrize("rol", ["redaccion", "administracion", "archivo_historico", "unidad_transparencia", "cotejo"])
def test_quien_no_certifica_ni_la_ve_ni_puede_usarla(client, mesa, rol):
    client.force_login(fabricas.persona(rol))
    assert reverse("certificaciones_firma") not in client.get("/admin/").content.decode()
    clave = mesa.copias[0].clave
    for direccion in (
        reverse("certificaciones_firma"),
        reverse("oficina_certificacion_firmar", args=[clave]),
        reverse("certificaciones_firma_copia", args=["testigo"]),
    ):
        assert client.get(direccion).status_code == 404
    for nombre in ("certificado", "preparar", "completar", "abandonar"):
        respuesta = client.post(reverse(f"certificaciones_firma_{nombre}"), "{}", content_type="application/json")
        assert respuesta.status_code == 404


def test_sin_entrar_se_pide_entrar_y_nada_se_contesta(client, mesa):
    for nombre in ("", "_certificado", "_preparar", "_completar", "_abandonar"):
        respuesta = client.post(reverse(f"certificaciones_firma{nombre}"), "{}", content_type="application/json")
        assert respuesta.status_code == 302 and "next=" in respuesta.headers["Location"]


def test_quien_certifica_la_halla_en_su_menu(client, mesa):
    client.force_login(mesa.certificadora)
    assert reverse("certificaciones_firma") in client.get("/admin/").content.decode()


def test_la_de_otra_persona_no_se_prepara(client, mesa, casa, efirma):
    client.force_login(fabricas.persona("certificacion"))
    datos = json.dumps({"clave": mesa.copias[0].clave, "certificado": en_base64(efirma.certificado.dump())})
    respuesta = client.post(reverse("certificaciones_firma_preparar"), datos, content_type="application/json")
    assert respuesta.status_code == 404


def test_la_pagina_no_admite_codigo_en_linea(client, mesa, casa):
    client.force_login(mesa.certificadora)
    respuesta = client.get(reverse("certificaciones_firma"))
    politica = respuesta.headers["Content-Security-Policy"]
    assert "worker-src 'self'" in politica
    assert "unsafe" not in politica
    assert "form-action 'none'" in politica
    pagina = respuesta.content.decode()
    assert not re.search(r"<script(?![^>]*src)|\son\w+=|\sstyle=", pagina)
    assert not re.search(r"<input[^>]*\sname=", pagina)
    assert mesa.copias[0].clave in pagina


def test_forge_es_el_que_dice_su_hoja():
    carpeta = ajustes.RAIZ / "static/certificaciones/firma"
    dicha = re.search(r"`forge\.min\.js`: `sha512-([^`]+)`", (carpeta / "LEEME.md").read_text()).group(1)
    real = hashlib.sha512((carpeta / "forge.min.js").read_bytes()).digest()
    assert base64.b64encode(real).decode() == dicha
