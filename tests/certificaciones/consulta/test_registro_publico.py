"""El registro público: lo que un tercero guarda como espejo y con qué comprueba que no cambió."""

import json

import pytest
from django.core.cache import cache

from certificaciones.consulta.vistas.registro import numero_de_tesela
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


def piezas(client, tamano, direccion):
    """Todas las piezas de nivel 0 de un registro de ese tamaño: las llenas y la parcial."""
    llenas, resto = divmod(tamano, 256)
    rutas = [f"{direccion}/{n:03}" for n in range(llenas)] + ([f"{direccion}/{llenas:03}.p/{resto}"] if resto else [])
    return [client.get(ruta).content for ruta in rutas]


def hojas_en(pieza):
    """Las hojas de una pieza: cada una tras su largo en dos bytes."""
    while pieza:
        largo = int.from_bytes(pieza[:2], "big")
        yield pieza[2 : 2 + largo]
        pieza = pieza[2 + largo :]


def test_un_espejo_de_teselas_rehace_la_raiz(client):
    asentar_varias(300)
    punto = leer_punto(texto(client, "/registro/expedidas/checkpoint"))
    assert "/".join(["", *punto.origen.split("/")[1:]]) == "/registro/expedidas"
    base = "/registro/expedidas/tile"
    crudo = b"".join(piezas(client, 300, f"{base}/0"))
    huellas = [crudo[n : n + 32] for n in range(0, len(crudo), 32)]
    assert raiz_de(huellas) == punto.raiz
    entradas = [hoja for pieza in piezas(client, 300, f"{base}/entries") for hoja in hojas_en(pieza)]
    assert [huella_de_hoja(hoja) for hoja in entradas] == huellas
    assert client.get(f"{base}/1/000.p/1").content == raiz_de(huellas[:256])
    llena = client.get("/registro/tile/0/000")
    assert (llena["Content-Type"], "immutable" in llena["Cache-Control"]) == ("application/octet-stream", True)


@pytest.mark.parametrize(
    "pieza",
    [
        "0/000",
        "0/000.p/4",
        "0/000.p/0",
        "0/000.p/03",
        "0/001",
        "1/000",
        "1/000.p/1",
        "64/000",
        "00/000",
        "0/x000/000",
        "entries/000",
        "63/000.p/1",
    ],
)
def test_las_teselas_que_no_hay_o_mal_escritas_no_existen(client, pieza):
    asentar_varias(3)
    assert client.get("/registro/tile/0/000.p/3").status_code == 200
    assert client.get(f"/registro/tile/{pieza}").status_code == 404


@pytest.mark.parametrize(("escrito", "numero"), [("000", 0), ("067", 67), ("x001/x234/067", 1_234_067), ("x999/999", 999_999)])
def test_el_numero_de_una_tesela_se_escribe_de_un_solo_modo(escrito, numero):
    assert numero_de_tesela(escrito) == numero


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
