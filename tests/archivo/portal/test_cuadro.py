"""La página pública del cuadro vigente y la guía de archivo documental."""

import pytest
from django.urls import reverse

from archivo.archivistica.instrumentos.muestra import cargar_cuadro_de_muestra
from archivo.archivistica.servicios import versiones
from tests.archivo.archivistica import cuadros

pytestmark = pytest.mark.django_db
PAGINA = "/cuadro/"


def test_sin_cuadro_vigente_la_pagina_lo_dice(client):
    cuadros.borrador()
    pagina = client.get(PAGINA)
    assert pagina.status_code == 200
    assert "Todavía no se publica" in pagina.content.decode()
    assert client.get(f"{PAGINA}catalogo.csv").status_code == 404


def test_se_publica_el_vigente_con_su_guia_y_nunca_el_borrador(client):
    cuadros.vigente()
    nueva = versiones.nueva_version(None)
    cuadros.clase(nueva, cuadros.de(nueva, "9C"), "serie", "9C.99", "Secreta todavía")
    pagina = client.get(PAGINA).content.decode()
    assert "Clase 9C.10" in pagina
    assert "2 años en trámite y 3 años en concentración" in pagina
    assert "Secreta todavía" not in pagina
    assert "Secreta todavía" not in client.get(f"{PAGINA}catalogo.json").content.decode()
    assert "muestra" not in pagina.lower()


def test_los_valores_de_muestra_se_marcan(client):
    cargar_cuadro_de_muestra()
    assert "Valores de muestra" in client.get(PAGINA).content.decode()
    respuesta = client.get(reverse("portal:cuadro_archivo", args=["guia", "csv"]))
    assert respuesta["Content-Disposition"] == 'attachment; filename="guia-v1-muestra.csv"'
    assert "Valores de muestra" in respuesta.content.decode()


def test_la_portada_enlaza_el_cuadro(client):
    assert f'href="{PAGINA}"' in client.get("/ayuda/").content.decode()


def test_la_pagina_cuesta_un_numero_fijo_de_consultas(client, django_assert_max_num_queries):
    cargar_cuadro_de_muestra()
    client.get(PAGINA)
    with django_assert_max_num_queries(9):
        pagina = client.get(PAGINA)
    assert pagina.status_code == 200 and "9C.7" in pagina.content.decode()
