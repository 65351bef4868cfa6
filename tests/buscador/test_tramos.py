"""Ningún resultado queda fuera de alcance: lejos se llega al mismo tramo que contaría el motor saltando."""

import pytest

from archivo.identidad.puerta import ANONIMO
from buscador import pantalla, tramos
from buscador.direcciones import Lectura
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


@pytest.mark.parametrize(("orden", "con_clave"), [("fecha", True), ("-fecha", True), ("titulo", False)])
def test_siguiente_lleva_la_clave_desde_la_que_se_sigue(acervo, lejos, client, orden, con_clave):
    peticion, vistas = Peticion("vacunación", orden=orden, tamano=2, pagina=2), []
    respuesta = buscar(peticion, ANONIMO)
    siguiente = Pantalla(Lectura(peticion), respuesta, 11).siguiente
    assert ("tras=" in siguiente) is con_clave
    vistas = claves(Peticion("vacunación", orden=orden, tamano=2, pagina=3, tras=respuesta.resultados[-1].item.clave))
    assert vistas == claves(Peticion("vacunación", orden=orden, tamano=2, pagina=3))
