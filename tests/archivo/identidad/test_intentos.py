"""Probar contraseñas se frena, y entrar o no poder entrar queda en la bitácora."""

import pytest
from django.core.cache import cache

from archivo.auditoria.puerta import Suceso
from archivo.identidad.intentos import INTENTOS
from tests import fabricas

pytestmark = pytest.mark.django_db
ENTRADA = "/admin/login/"


@pytest.fixture(autouse=True)
def sin_memoria():
    cache.clear()
    yield
    cache.clear()


def _entrar(client, contrasena, nombre="ana"):
    client.post(ENTRADA, {"username": nombre, "password": contrasena})
    return "_auth_user_id" in client.session


def test_tras_muchas_fallas_ni_la_buena_entra(client):
    fabricas.persona("redaccion", nombre="ana")
    for _ in range(INTENTOS):
        assert not _entrar(client, "equivocada")
    assert not _entrar(client, "contrasena-de-prueba")
    cache.clear()
    assert _entrar(client, "contrasena-de-prueba")


def test_el_freno_de_una_cuenta_no_alcanza_a_otra(client):
    fabricas.persona("redaccion", nombre="ana")
    fabricas.persona("redaccion", nombre="eva")
    for _ in range(INTENTOS):
        _entrar(client, "equivocada")
    assert _entrar(client, "contrasena-de-prueba", "eva")


def test_entrar_olvida_las_fallas(client):
    fabricas.persona("redaccion", nombre="ana")
    for _ in range(INTENTOS - 1):
        _entrar(client, "equivocada")
    assert _entrar(client, "contrasena-de-prueba")
    client.logout()
    for _ in range(INTENTOS - 1):
        _entrar(client, "equivocada")
    assert _entrar(client, "contrasena-de-prueba")


def test_queda_en_la_bitacora_sin_la_contrasena(client):
    ana = fabricas.persona("redaccion", nombre="ana")
    _entrar(client, "secreto-equivocado")
    _entrar(client, "contrasena-de-prueba")
    client.logout()
    hechos = list(Suceso.objects.filter(clase__startswith="persona.").order_by("pk"))
    assert [(s.clase, s.resultado, s.actor) for s in hechos] == [
        ("persona.entro", "rechazado", None),
        ("persona.entro", "hecho", ana),
        ("persona.salio", "hecho", ana),
    ]
    assert hechos[0].detalle == {"nombre": "ana"}
    assert not any("secreto-equivocado" in str(s.detalle) for s in hechos)
