"""Copias que no son un PDF de pocas fojas firmado con sello: en tomos, de una grabación, de una página del portal y con dispositivo."""

import io
import json
from functools import partial

import pytest

from archivo.catalogo.puerta import AdjuntoNuevo, adjuntar
from archivo.objetos.puerta import guardar, ruta_local
from certificaciones import firma
from certificaciones.actos.puerta import codigo_en_grupos, expedir, prueba_de_certificacion, verificar_archivo
from certificaciones.copia import componer, foliado
from certificaciones.firma import Titular, pki_de_ensayo
from certificaciones.registro.puerta import Asiento, llave_publica
from tests import fabricas
from tests.certificaciones.copia.conftest import texto_de
from tests.servidores.softhsm import ficha_de_softhsm
from verificador.dictamen import Medios, examinar
from verificador.nota import leer_llave
from verificador.prueba import leer_prueba

pytestmark = pytest.mark.django_db
DEL_ARCHIVO = Titular("Archivo de la Alcaldia", "AEJ000101AAA", "AEJ000101HDFXXX01")


@pytest.fixture
def de_a_dos_fojas(monkeypatch):
    """Tomos de dos fojas, para no necesitar mil."""
    monkeypatch.setattr(componer, "repartir", partial(foliado.repartir, fojas=2))


def hoja_de(acto):
    return json.loads(Asiento.objects.get(registro="expedidas", indice=acto.asiento).hoja)


def pagina_de(client, acto):
    return client.get(f"/verificar/{codigo_en_grupos(acto.codigo)}/").content.decode()


def cuerpo(respuesta):
    return b"".join(respuesta.streaming_content)


def sin_red(acto, objeto):
    """Lo que dice de un archivo el verificador que no usa la base ni la red."""
    medios = Medios(leer_llave(llave_publica("expedidas")))
    return examinar(ruta_local(objeto), leer_prueba(prueba_de_certificacion(acto)), medios).resultado


def test_en_tomos(client, casa, pki, de_a_dos_fojas):
    acto = expedir(casa.en_firma(casa.documento(5), firma_tipo="sello"), casa.certificadora).certificacion
    assert [(t["tomo"], t["foja_inicial"], t["foja_final"]) for t in acto.tomos] == [(1, 1, 2), (2, 3, 4), (3, 5, 5)]
    assert (acto.fojas, hoja_de(acto)["tomos"]) == (5, [t["sha256"] for t in acto.tomos])
    assert "constante de cinco (5) fojas útiles" in acto.texto
    objetos = acto.objetos_de_tomos()
    veredictos = [verificar_archivo(ruta_local(o)) for o in objetos]
    assert [(v.resultado, v.tomo, v.folio) for v in veredictos] == [("vigente", n, acto.folio) for n in (1, 2, 3)]
    assert [sin_red(acto, o) for o in objetos] == ["autentica"] * 3
    pagina = pagina_de(client, acto)
    assert [o.sha256 in pagina for o in objetos] == [True] * 3
    assert acto.folio in client.get("/verificar/", {"huella": objetos[2].sha256}).content.decode()


def test_la_oficina_baja_cada_tomo_para_imprimirlo_y_firmarlo(client, casa, de_a_dos_fojas):
    acto = expedir(casa.en_firma(casa.documento(3)), casa.certificadora).certificacion
    client.force_login(casa.certificadora)
    ficha = f"/admin/certificaciones/{acto.clave}/"
    assert "Descargar el tomo 2 de 2 para imprimir y firmar" in client.get(ficha).content.decode()
    bajados = [cuerpo(client.get(f"{ficha}copia/{n}/descargar/")) for n in (1, 2)]
    assert bajados == [ruta_local(o).read_bytes() for o in acto.objetos_de_tomos()]
    assert client.get(f"{ficha}copia/3/descargar/").status_code == 404


def con_grabacion(casa):
    """Un elemento integrado cuyo original es un video."""
    item = fabricas.publico(area=casa.area, titulo="Entrega de luminarias")
    objeto = guardar(io.BytesIO(b"\0\0\0\x18ftypmp42 una grabacion"), mime="video/mp4")
    adjuntar(item, AdjuntoNuevo(objeto, "luminarias.mp4"), None)
    item.refresh_from_db()
    casa.integrar(item)
    return item, objeto


def test_de_una_grabacion(client, casa):
    item, video = con_grabacion(casa)
    variables = {
        "autor": "Noé Ejemplo",
        "lugar_toma": "la plaza",
        "momento_toma": "el 4 de mayo de 2026",
        "evento": "una entrega",
    }
    acto = expedir(casa.en_firma(item, soporte="audiovisual", variables=variables), casa.certificadora).certificacion
    assert acto.redaccion["modelo"]["clave"] == "modelo-7"
    assert "cuyas huellas SHA-256 constan en el anexo" in acto.texto
    assert "Fueron tomados por Noé Ejemplo en la plaza" in acto.texto
    assert (acto.fojas, acto.documentos.get().fojas, hoja_de(acto)["tipo"]) == (1, 1, "audiovisual")
    foja = texto_de(ruta_local(acto.objeto), 2)
    assert ("Relación de grabaciones" in foja, "FOJA 1 DE 1" in foja, video.sha256 in foja.replace(" ", "")) == (True,) * 3
    assert verificar_archivo(ruta_local(acto.objeto)).resultado == "vigente"
    pagina = pagina_de(client, acto)
    assert ("VIGENTE" in pagina, video.sha256 in pagina.replace(" ", "")) == (True, True)


def test_de_una_pagina_del_portal(client, casa):
    variables = {"url_portal": "https://alcaldia.example/avisos/7", "momento_consulta": "el 4 de mayo de 2026 a las 10:00 horas"}
    acto = expedir(
        casa.en_firma(casa.documento(2), soporte="impresion_portal", variables=variables), casa.certificadora
    ).certificacion
    assert acto.redaccion["modelo"]["clave"] == "modelo-8"
    assert "corresponde a la página https://alcaldia.example/avisos/7 del sitio oficial" in acto.texto
    assert f"consultada por {casa.cotejadora}" in acto.texto
    assert (acto.fojas, hoja_de(acto)["tipo"], hoja_de(acto)["fojas"]) == (2, "impresion_portal", 2)
    assert "Impresión de una página del portal" in pagina_de(client, acto)


@pytest.fixture
def dispositivo(claves_de_ensayo, monkeypatch, settings):
    """Un dispositivo con la clave de la institución, de las autoridades en que ésta confía."""
    pki = pki_de_ensayo(claves_de_ensayo)
    ficha_de_softhsm(pki.emitir(DEL_ARCHIVO), monkeypatch, settings)
    monkeypatch.setattr(firma, "servicios_de_la_casa", pki.servicios)
    monkeypatch.setattr(firma, "confianza_de_la_casa", lambda: pki.confianza)
    return settings


def test_con_la_clave_en_un_dispositivo(client, casa, dispositivo):
    acto = expedir(casa.en_firma(casa.documento(2), firma_tipo="pkcs11"), casa.certificadora).certificacion
    assert (acto.firma["titular"], hoja_de(acto)["modo"]) == (DEL_ARCHIVO.nombre, "pkcs11")
    assert hoja_de(acto)["firmante"] == acto.firma["numero_de_certificado"]
    assert verificar_archivo(ruta_local(acto.objeto)).resultado == "vigente"
    assert DEL_ARCHIVO.nombre in pagina_de(client, acto)
