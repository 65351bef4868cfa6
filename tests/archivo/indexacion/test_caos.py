"""El motor externo falla de todas las maneras mientras se busca y se guarda: ningún 500, ninguna mentira y ningún cambio perdido."""

import os
import time
from random import Random

import pytest
from django.test import Client

from archivo.catalogo.puerta import Item
from archivo.indexacion.puerta import asegurar, motor, poner_al_dia, reconstruir
from search.backends.cluster.lease import LASTS
from tests import fabricas
from tests.archivo.indexacion import caos
from tests.archivo.indexacion.test_muertes_del_indizador import tras_morir
from tests.archivo.operacion.test_servir import acepta, archivo_en_marcha
from tests.search.red_rota import MANERAS, puente_hacia
from tests.servidores.espera import hasta_que
from tests.servidores.motor_propio import motor_propio
from tests.servidores.postgres import NoDisponible

VUELVE = 90.0
"""Segundos en que, con el motor de vuelta, el indizador ha de vaciar la cola: lo que dura su nota si nadie la suelta, y algo más."""
PLAZO = 0.4
VUELTA = 3.0
"""Segundos que una espera vencida puede tardar en notarse con la máquina ocupada; el motor estorbado no contesta nunca."""


@pytest.fixture
def por_puente(base_sqlite, elasticsearch, settings):
    """El archivo sobre un Elasticsearch al que sólo se llega por un puente que estorba."""
    with puente_hacia(elasticsearch.url) as puente:
        settings.ACERVO_BUSQUEDA = f"elasticsearch:http://127.0.0.1:{puente.puerto}"
        settings.ACERVO_BUSQUEDA_PREFIJO = f"k{os.getpid()}_{time.monotonic_ns()}"
        asegurar()
        yield base_sqlite, puente
        puente.poner("pasa")
        motor().forget_everything()


def _en_casa(direccion):
    respuesta = Client(raise_request_exception=False).get(direccion)
    return respuesta.status_code, respuesta.content.decode()


def test_el_motor_falla_de_cinco_maneras_y_no_se_pierde_nada(por_puente, settings, monkeypatch):
    """Tarda lo que el indizador en arrancar y en insistir tras una falla."""
    base, puente = por_puente
    settings.ACERVO_BUSQUEDA_ESPERA = PLAZO
    esperas = caos.contar_esperas(monkeypatch)
    azar, visto = Random(7), caos.Visto()
    caos.sembrar()
    poner_al_dia()
    _en_casa("/buscar/?q=x")  # lo que se carga la primera vez no es del motor
    with caos.orden_en_marcha(base, "indizador"):
        for manera in ("pasa", *MANERAS, "pasa"):
            puente.poner(manera)
            for _ in range(3):
                caos.cambiar(azar)
                caos.buscar_una_vez(_en_casa, azar, visto)
        hasta_que(caos.cola_vacia, VUELVE, "que el indizador vacíe la cola")
    hasta_que(caos.ya_contesta, 60, "que el motor siga")
    for _ in range(4):
        caos.buscar_una_vez(_en_casa, azar, visto)
    assert visto.malas == []
    assert visto.codigos[200] >= 4 and visto.codigos[503] >= 9
    assert max(cuenta.waited for cuenta in esperas) < PLAZO + VUELTA
    assert caos.como_quedo() == (0, 0, (0, 0))


@pytest.fixture(params=["elasticsearch", "opensearch"])
def mortal(request, base_sqlite, settings, monkeypatch):
    """Un motor que se mata y se congela, y el archivo sobre él."""
    try:
        with motor_propio(request.param) as propio:
            settings.ACERVO_BUSQUEDA = propio.motor.ajuste
            for nombre, valor in caos.ambiente(base_sqlite).items():
                monkeypatch.setenv(nombre, valor)
            asegurar()
            yield base_sqlite, propio
    except NoDisponible as motivo:
        pytest.skip(f"omitida: {motivo}")


def _estorbar(propio, veces, busquedas):
    """Lo mata y lo revive, lo congela y lo descongela; en cada estado se busca un rato."""

    def un_rato():
        hasta = busquedas[0] + 25
        hasta_que(lambda: busquedas[0] >= hasta, 120, "que se siga buscando")

    for _ in range(veces):
        propio.matar()
        un_rato()
        propio.revivir()
        propio.esperar()
        hasta_que(caos.ya_contesta, 120, "que el motor dé lo que tenía")
        un_rato()
        propio.congelar()
        un_rato()
        propio.descongelar()
        hasta_que(caos.ya_contesta, 60, "que el motor siga")
        un_rato()


@pytest.mark.lento
def test_quinientas_busquedas_y_quinientos_cambios_con_el_motor_muerto_y_congelado(mortal, tmp_path, record_property):
    base, propio = mortal
    azar, visto = Random(11), caos.Visto()
    caos.sembrar()
    poner_al_dia()
    caos.preparar(base, tmp_path / "archivo")
    with archivo_en_marcha(base, tmp_path, listo=acepta) as (_, puerto):
        pedir = caos.por_http(puerto)
        hasta_que(lambda: pedir("/salud/lista")[0] == 200, 60, "que la web esté lista")
        pedir("/buscar/?q=x")  # lo que se carga la primera vez no es del motor
        buscar = caos.sin_parar(lambda: caos.buscar_una_vez(pedir, azar, visto), 500, 0.1)
        with buscar as busquedas, caos.sin_parar(lambda: caos.cambiar(azar), 500, 0.1) as cambios:
            _estorbar(propio, 2, busquedas)
        inicio = time.monotonic()
        hasta_que(caos.cola_vacia, VUELVE, "que el indizador vacíe la cola")
    for nombre, valor in (("web", str(visto)), ("cambios", cambios[0]), ("cola_vacia_en", round(time.monotonic() - inicio, 1))):
        record_property(nombre, valor)
    assert min(busquedas[0], cambios[0]) >= 500
    assert visto.malas == []
    assert visto.codigos[503] > 0 and visto.p95 < 1.0
    assert caos.como_quedo() == (0, 0, (0, 0))


@pytest.mark.motores
@pytest.mark.parametrize(
    ("externo", "veces"),
    [("elasticsearch", 1), *(pytest.param(clase, 5, marks=pytest.mark.lento) for clase in ("elasticsearch", "opensearch"))],
    indirect=["externo"],
)
def test_muere_el_indizador_sobre_un_motor_externo_y_no_difiere_nada(base_sqlite, externo, veces):
    assert tras_morir(veces, base_sqlite) == (veces, 0, 0, (0, 0))


def _indices():
    return motor()._server.indexes(f"{motor()._generations._prefix}-*-g*")


@pytest.mark.motores
@pytest.mark.parametrize("externo", ["elasticsearch", pytest.param("opensearch", marks=pytest.mark.lento)], indirect=True)
def test_muere_la_reconstruccion_a_media_carga_y_la_siguiente_no_deja_restos(base_sqlite, externo):
    for n in range(60):
        fabricas.publico(titulo=f"Zarzuplex {n}", texto="renglón de relleno\n" * 400)
    poner_al_dia()
    antes = motor().health()
    with caos.orden_en_marcha(base_sqlite, "indice", "reconstruir") as proceso:
        hasta_que(lambda: len(_indices()) == 8, 60, "que empiece a construir")
        proceso.kill()
    sigue = motor().health()
    assert (sigue.generation, sigue.items, sigue.problem) == (antes.generation, antes.items, "")
    inicio = time.monotonic()
    reconstruir()
    assert time.monotonic() - inicio < LASTS - 10, "la nota de un proceso muerto se toma al momento"
    despues = _indices()
    assert (len(despues), sum(bool(alias) for alias in despues.values())) == (8, 4)
    assert motor().health().generation != antes.generation
    assert caos.como_quedo() == (0, 0, (0, 0))


@pytest.mark.motores
@pytest.mark.parametrize("externo", ["elasticsearch", pytest.param("opensearch", marks=pytest.mark.lento)], indirect=True)
def test_con_uno_de_los_indices_cerrado_se_avisa_y_al_abrirlo_todo_es_como_antes(base_sqlite, externo):
    caos.sembrar()
    poner_al_dia()
    ficha = Item.objects.first().get_absolute_url()
    cerrado = next(nombre for nombre in _indices() if "-pub-pages-" in nombre)
    motor()._server._write("POST", f"/{cerrado}/_close")
    buscado, abierta = _en_casa("/buscar/?q=zarzuplex"), _en_casa(f"{ficha}?q=zarzuplex")
    motor()._server._write("POST", f"/{cerrado}/_open", params={"wait_for_active_shards": "1"})
    assert (buscado[0], ficha in buscado[1]) == (503, True)
    assert (abierta[0], "El buscador no responde" in abierta[1], "no está en el texto" in abierta[1]) == (200, True, False)
    hasta_que(lambda: _en_casa("/buscar/?q=zarzuplex")[0] == 200, 30, "que la búsqueda vuelva")
    assert caos.como_quedo() == (0, 0, (0, 0))
