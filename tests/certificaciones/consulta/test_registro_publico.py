"""El registro público: lo que un tercero guarda como espejo y con qué comprueba que no cambió."""

import json

import pytest
from django.core.cache import cache

from tests.certificaciones.registro.fabricas import asentar_varias
from verificador.arbol import continua, huella_de_hoja, raiz_de
from verificador.nota import esta_firmada, leer_camino, leer_llave, leer_punto

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sin_intentos():
    cache.clear()


def texto(client, direccion):
    respuesta = client.get(direccion)
    assert respuesta.status_code == 200, direccion
    return b"".join(respuesta).decode()


def test_un_espejo_comprueba_hojas_firma_y_continuidad(client):
    asentar_varias(5)
    ayer = leer_punto(texto(client, "/registro/checkpoint"))
    espejo = texto(client, "/registro/hojas.jsonl").splitlines()
    asentar_varias(8, desde=6)
    nota = texto(client, "/registro/checkpoint")
    hoy, llave = leer_punto(nota), leer_llave(texto(client, "/registro/llave"))
    assert esta_firmada(nota, llave)
    espejo += texto(client, "/registro/hojas.jsonl?desde=5").splitlines()
    assert raiz_de(huella_de_hoja(h.encode()) for h in espejo) == hoy.raiz
    camino = leer_camino(texto(client, f"/registro/consistencia/{ayer.tamano}/{hoy.tamano}"))
    assert continua((ayer.tamano, ayer.raiz), (hoy.tamano, hoy.raiz), camino)
    assert not continua((ayer.tamano, hoy.raiz), (hoy.tamano, hoy.raiz), camino)
    assert json.loads(espejo[0])["folio"] == "CC/00001/2026"


def test_lo_que_ya_se_tiene_no_se_vuelve_a_enviar(client):
    asentar_varias(2)
    for direccion in ("checkpoint", "llave", "hojas.jsonl", "consistencia/1/2"):
        primera = client.get(f"/registro/{direccion}")
        assert client.get(f"/registro/{direccion}", headers={"If-None-Match": primera["ETag"]}).status_code == 304
        assert "public" in primera["Cache-Control"]
    vieja = client.get("/registro/checkpoint")["ETag"]
    asentar_varias(1, desde=3)
    assert client.get("/registro/checkpoint", headers={"If-None-Match": vieja}).status_code == 200


def test_el_de_ensayos_va_aparte(client):
    asentar_varias(1)
    assert client.get("/registro/ensayos/checkpoint").status_code == 404
    asentar_varias(2, "ensayos")
    assert leer_punto(texto(client, "/registro/ensayos/checkpoint")).origen.endswith("/registro/ensayos")
    assert leer_punto(texto(client, "/registro/checkpoint")).tamano == 1
    assert client.get("/registro/otro/checkpoint").status_code == 404


@pytest.mark.parametrize("direccion", ["consistencia/2/1", "consistencia/0/1", "consistencia/1/99"])
def test_una_continuidad_imposible_dice_que_pedir(client, direccion):
    asentar_varias(2)
    respuesta = client.get(f"/registro/{direccion}")
    assert respuesta.status_code == 404
    assert "de 1 a 2" in respuesta.content.decode()


def test_vacio_lo_dice_y_no_crea_llaves(client, settings):
    assert "todavía no se expide ninguna copia" in texto(client, "/registro/")
    assert client.get("/registro/checkpoint").status_code == 404
    assert client.get("/registro/hojas.jsonl").status_code == 404
    assert not (settings.ACERVO_DATOS / "llaves").exists()


def test_el_verificador_se_descarga_como_pagina_y_como_programa(client):
    pagina, programa = client.get("/registro/verificador.html"), client.get("/registro/verificador.pyz")
    assert "attachment" in pagina["Content-Disposition"]
    assert b"Verificador de copias certificadas" in pagina.content
    assert programa.content.startswith(b"#!/usr/bin/env python3\nPK")
