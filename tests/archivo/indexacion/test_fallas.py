"""Qué cuesta y qué deja anotado que el motor no conteste: menos de un segundo, y un renglón por clase de falla."""

import logging
from types import SimpleNamespace

import pytest
from django.test import Client

from archivo.indexacion import fallas
from archivo.settings import base
from tests import fabricas
from tests.archivo.indexacion.caos import contar_esperas
from tests.search.red_rota import puerto_sin_nadie, que_contesta

pytestmark = pytest.mark.django_db
RESPALDO = 0.4
"""Segundos que la espera de fábrica deja para buscar en la base y dibujar la página dentro del segundo."""
BUSCAR = "/buscar/?q=zarzuplex+secreto"


@pytest.fixture(autouse=True)
def sin_cuentas(monkeypatch):
    monkeypatch.setattr(fallas, "_CUENTAS", {})


@pytest.fixture(params=["elasticsearch", "opensearch"])
def ausente(request, settings):
    """Un motor en un puerto en que nadie atiende."""
    settings.ACERVO_BUSQUEDA = f"{request.param}:http://persona:contrasena@127.0.0.1:{puerto_sin_nadie()}"


def _buscar(veces=1):
    return [Client(raise_request_exception=False).get(BUSCAR).status_code for _ in range(veces)]


def _de_la_falla(caplog):
    return [r for r in caplog.records if r.name != "django.request"]


def test_la_espera_de_fabrica_deja_lugar_a_la_base_y_a_la_pagina():
    assert base.ACERVO_BUSQUEDA_ESPERA + RESPALDO <= 1.0


def test_lo_esperado_al_motor_no_pasa_del_plazo_aunque_la_pagina_pregunte_varias_veces(settings, monkeypatch):
    settings.ACERVO_BUSQUEDA_ESPERA = 0.3
    fabricas.publico(titulo="Acta zarzuplex secreto")
    cuentas = contar_esperas(monkeypatch)
    with que_contesta(200, b"{}", espera=20) as puerto:
        settings.ACERVO_BUSQUEDA = f"opensearch:http://127.0.0.1:{puerto}"
        pagina = Client(raise_request_exception=False).get(BUSCAR)
    assert (pagina.status_code, "Acta <mark>zarzuplex</mark>" in pagina.content.decode()) == (503, True)
    assert [cuenta.left <= 0 for cuenta in cuentas] == [True]
    assert 0.3 <= cuentas[0].waited < 10  # de los 20 que tarda


def test_muchas_busquedas_sin_motor_dejan_un_renglon_sin_rastro_ni_palabras(ausente, caplog):
    assert set(_buscar(6)) == {503}
    dichos = _de_la_falla(caplog)
    assert [r.levelname for r in dichos] == ["WARNING"]
    assert [r.exc_info for r in dichos] == [None]
    mensaje = dichos[0].getMessage()
    assert mensaje.startswith("La búsqueda no responde (Unreachable): ")
    assert not any(palabra in mensaje for palabra in ("\n", "secreto", "contrasena", "127.0.0.1"))


def test_django_dice_de_cada_direccion_que_no_hubo_servicio_una_vez_por_minuto_y_lo_demas_siempre(ausente, client, caplog):
    for direccion in (BUSCAR, BUSCAR, "/salud/lista", "/salud/lista", "/no-existe/", "/no-existe/"):
        client.get(direccion)
    dichos = [(r.status_code, r.args[-1]) for r in caplog.records if r.name == "django.request"]
    assert dichos == [
        (503, "/buscar/"),
        (503, "/salud/lista"),
        (404, "/no-existe/"),
        (404, "/no-existe/"),
    ]


def test_al_minuto_se_dice_otra_vez_y_cuantas_iban(ausente, caplog, monkeypatch):
    ahora = [1000.0]
    monkeypatch.setattr(fallas, "time", SimpleNamespace(monotonic=lambda: ahora[0]))
    _buscar(4)
    ahora[0] += fallas.ENTRE_RENGLONES
    _buscar()
    assert ["Iban otras 3 iguales" in r.getMessage() for r in _de_la_falla(caplog)] == [False, True]


def test_dos_fallas_distintas_son_dos_renglones(caplog):
    bitacora = logging.getLogger("archivo.pruebas")
    for que, error in (
        ("Esto", OSError("uno")),
        ("Esto", OSError("dos")),
        ("Esto", ValueError("uno")),
        ("Aquello", OSError("uno")),
    ):
        fallas.anotar_falla(bitacora, que, error)
    assert [r.getMessage() for r in caplog.records] == ["Esto (OSError): uno", "Esto (ValueError): uno", "Aquello (OSError): uno"]


def test_al_depurar_cada_falla_lleva_su_rastro(ausente, caplog):
    with caplog.at_level(logging.DEBUG, "archivo.busqueda"):
        _buscar(3)
    rastros = [r for r in caplog.records if r.name == "archivo.busqueda" and r.levelname == "DEBUG"]
    assert [r.exc_info is not None for r in rastros] == [True] * 3
