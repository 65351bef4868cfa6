"""Ningún resultado queda fuera de alcance: lejos se llega al mismo tramo que contaría el motor saltando."""

from dataclasses import replace
from itertools import product
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from archivo.catalogo.puerta import fijar_acceso
from archivo.identidad.puerta import ANONIMO
from buscador import direcciones, pantalla, tramos
from buscador.direcciones import Lectura, leer
from buscador.pantalla import Pantalla
from buscador.peticion import ORDENES, Peticion
from buscador.servicios import buscar

pytestmark = pytest.mark.django_db


@pytest.fixture
def lejos(monkeypatch):
    """Un motor que sólo salta tres resultados."""
    monkeypatch.setattr(tramos, "ALCANCE", 3)
    monkeypatch.setattr(pantalla, "ALCANCE", 3)


def claves(peticion):
    return [r.item.clave for r in buscar(peticion, ANONIMO).resultados]


@pytest.mark.parametrize("orden", ORDENES)
def test_pasado_el_alcance_la_lista_es_la_misma(acervo, lejos, orden):
    todas = claves(Peticion("vacunación", orden=orden, tamano=100))
    por_paginas = [c for n in range(1, 6) for c in claves(Peticion("vacunación", orden=orden, tamano=2, pagina=n))]
    assert por_paginas == todas
    assert claves(Peticion("vacunación", orden=orden, tamano=2, pagina=6)) == []


@pytest.mark.parametrize(("orden", "con_clave"), [("fecha", True), ("-fecha", True), ("titulo", True), ("relevancia", False)])
def test_siguiente_lleva_la_clave_desde_la_que_se_sigue(acervo, lejos, client, orden, con_clave):
    peticion, vistas = Peticion("vacunación", orden=orden, tamano=2, pagina=2), []
    respuesta = buscar(peticion, ANONIMO)
    siguiente = Pantalla(Lectura(peticion), respuesta, 11).siguiente
    assert ("tras=" in siguiente) is con_clave
    vistas = claves(Peticion("vacunación", orden=orden, tamano=2, pagina=3, tras=respuesta.resultados[-1].item.clave))
    assert vistas == claves(Peticion("vacunación", orden=orden, tamano=2, pagina=3))


@pytest.mark.parametrize("orden", ["fecha", "-fecha", "titulo"])
def test_si_la_clave_desde_la_que_se_sigue_ya_no_esta_no_se_vuelve_al_principio(acervo, lejos, orden):
    peticion = Peticion("vacunación", orden=orden, tamano=2, pagina=3)
    esperadas = claves(peticion)
    assert claves(replace(peticion, tras="nohay")) == esperadas
    ida = next(item for item in acervo if item.clave == claves(replace(peticion, pagina=2))[-1])
    fijar_acceso(ida, "reservado", None)
    assert claves(replace(peticion, tras=ida.clave)) == claves(peticion) != esperadas


TORCIDAS = ("0", "-1", "abc", "1.5", "", " 2 ", "10**9", "999999999", "9" * 40, "²", "\0")


def test_una_pagina_torcida_da_una_pagina_clara(client, acervo, lejos):
    malas = []
    for pagina, (tras, orden) in product(
        TORCIDAS, [("", "titulo"), ("basura", "-fecha"), ("\0", "fecha"), ("x" * 5000, "-fecha")]
    ):
        respuesta = client.get("/buscar/", {"q": "vacunación", "pagina": pagina, "tras": tras, "orden": orden})
        dicho = respuesta.content.decode()
        if respuesta.status_code != 200 or not ("Lista de resultados" in dicho or "No hay página" in dicho):
            malas.append((pagina, tras, orden, respuesta.status_code))
    assert malas == []


@pytest.mark.parametrize(
    ("pagina", "avisa"), [("abc", True), ("0", True), ("-1", True), ("", False), ("2", False), ("1,000", False)]
)
def test_una_pagina_que_no_es_un_numero_se_dice(pagina, avisa):
    avisos = leer(QueryDict(urlencode({"pagina": pagina}))).avisos
    assert ("Las páginas se piden con un número" in " ".join(avisos)) is avisa


def test_con_muchas_paginas_se_va_a_cualquiera_por_su_numero(client, acervo, monkeypatch):
    monkeypatch.setattr(direcciones, "POR_PAGINA", 1)
    monkeypatch.setattr(direcciones, "TAMANOS", (1, 10))
    pagina = client.get("/buscar/", {"q": "vacunación", "orden": "titulo"}).content.decode()
    assert "Ir a la página (1 a 10)" in pagina
    assert '<input type="hidden" name="orden" value="titulo">' in pagina
    novena = client.get("/buscar/", {"q": "vacunación", "orden": "titulo", "pagina": "9"}).content.decode()
    assert "Resultados 9 a 9 de 10" in novena
