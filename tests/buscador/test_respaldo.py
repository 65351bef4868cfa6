"""Sin motor de búsqueda: la página lo dice a tiempo y encuentra por folio y por título."""

import time

import pytest

from archivo.identidad.puerta import ANONIMO, lector_de
from buscador.respaldo import por_folio_y_titulo
from tests import fabricas
from tests.search.red_rota import en_json, puerto_sin_nadie, que_contesta

pytestmark = pytest.mark.django_db


def claves(texto, lector=ANONIMO):
    return [r.item.clave for r in por_folio_y_titulo(texto, lector)]


def test_por_titulo_sin_reparar_en_acentos_ni_mayusculas():
    una = fabricas.publico(titulo="Vacunación en la Alcaldía")
    fabricas.publico(titulo="Otra cosa")
    for texto in ("vacunacion", "ALCALDÍA vacunación", "vacunación alcaldia"):
        assert claves(texto) == [una.clave]
    assert claves("vacunacion otra") == claves("vacunocion") == claves("%") == claves("") == []


def test_lo_mas_nuevo_primero_y_sin_pasar_de_veinte():
    hechos = [fabricas.publico(titulo=f"Acta {n}").clave for n in range(25)]
    assert claves("acta") == hechos[::-1][:20]


def test_por_folio_y_por_clave():
    item = fabricas.publico(titulo="Sin relación")
    type(item).objects.filter(pk=item.pk).update(numero=123, anio_numero=2026, folio="No. 123/2026")
    fabricas.publico(titulo="Otra")
    for texto in ("123/2026", "No. 123/2026", "no. 123", item.clave):
        assert claves(texto) == [item.clave], texto
    assert claves("124/2026") == []


def test_nadie_ve_asi_lo_que_no_puede_ver():
    fabricas.boletin(titulo="Borrador zarzuplex")
    reservado = fabricas.publico(titulo="Reservado zarzuplex", acceso="reservado")
    assert claves("zarzuplex") == []
    assert claves("zarzuplex", lector_de(fabricas.persona("auditoria")))[0] == reservado.clave


@pytest.mark.parametrize("como", ["ausente", "lento", "a medias"])
@pytest.mark.parametrize("clase", ["elasticsearch", "opensearch"])
def test_la_pagina_avisa_antes_de_un_segundo_y_ofrece_lo_que_sabe(client, settings, clase, como):
    item = fabricas.publico(titulo="Vacunación infantil")
    client.get("/")  # lo que se carga la primera vez no es del motor
    with que_contesta(200, en_json({"hits": {}, "_shards": {"failed": 1}}), espera=20 if como == "lento" else 0) as puerto:
        settings.ACERVO_BUSQUEDA = f"{clase}:http://127.0.0.1:{puerto_sin_nadie() if como == 'ausente' else puerto}"
        client.get("/buscar/sugerencias/", {"q": "va"})
        inicio = time.monotonic()
        respuesta = client.get("/buscar/", {"q": "vacunacion"})
        segundos = time.monotonic() - inicio
        otra = client.get(item.get_absolute_url())
    html = respuesta.content.decode()
    assert (respuesta.status_code, otra.status_code) == (503, 200)
    assert "La búsqueda no está disponible" in html and item.get_absolute_url() in html
    assert segundos < settings.ACERVO_BUSQUEDA_ESPERA + 0.7


def test_no_se_da_por_no_hallado_lo_que_tiene_muchos_parecidos():
    """Con un comodín por vocal la base trae de más: «agua» se parece a «hogar» y a «siglo»."""
    item = fabricas.publico(titulo="Agua para todos")
    for n in range(90):
        fabricas.publico(titulo=f"Un hogar del siglo {n}")
    assert claves("agua") == [item.clave]
