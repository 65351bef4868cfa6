"""Las páginas de salud: qué dicen, a quién y con qué código."""

import pytest
from django.db import DatabaseError

from archivo import registros
from archivo.identidad.puerta import crear_usuario
from archivo.operacion import salud

pytestmark = pytest.mark.django_db


@pytest.fixture
def sondas(monkeypatch):
    propias = registros.Aportaciones()
    monkeypatch.setattr(salud, "aportaciones", propias)
    return propias.sondas


def test_viva_no_pregunta_a_nadie(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/salud/viva").json() == {"viva": True}


def test_lista_cuando_todo_contesta(client, sondas):
    sondas["indice"] = lambda: {"generacion": 1}
    respuesta = client.get("/salud/lista")
    assert (respuesta.status_code, respuesta.json()) == (200, {"lista": True, "motivos": []})
    assert "no-store" in respuesta.headers["Cache-Control"]


def test_no_lista_dice_que_falta(client, sondas):
    def sin_indice():
        raise registros.NoListo("El índice no contesta.")

    sondas["indice"] = sin_indice
    respuesta = client.get("/salud/lista")
    assert (respuesta.status_code, respuesta.json()["motivos"]) == (503, ["El índice no contesta."])


def test_la_base_caida_se_dice_sin_detalles(client, sondas, monkeypatch):
    def caida():
        raise DatabaseError("password authentication failed for user secreto")

    sondas["base"] = caida
    respuesta = client.get("/salud/lista")
    assert respuesta.status_code == 503
    assert "secreto" not in respuesta.content.decode()


def test_el_detalle_es_solo_para_administracion_y_auditoria(client, sondas):
    assert client.get("/salud/detalle").status_code == 404
    client.force_login(crear_usuario("ana", "redaccion"))
    assert client.get("/salud/detalle").status_code == 404
    client.force_login(crear_usuario("raiz", "administracion"))
    detalle = client.get("/salud/detalle").json()
    assert detalle["partes"]["base"] == {"lista": True, "motor": "sqlite"}
    assert detalle["tareas"]["en_espera"] >= 0
    assert detalle["disco"]["libre_bytes"] > 0
