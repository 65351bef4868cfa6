"""Las tareas periódicas: ni antes de tiempo, ni dos veces, ni se estorban."""

import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar, verificar
from archivo.tareas import periodicas
from archivo.tareas.models import TareaPeriodica
from archivo.tareas.periodicas import correr_debidas, periodica

pytestmark = pytest.mark.usefixtures("cada_base")


@pytest.fixture
def veces(monkeypatch):
    monkeypatch.setattr(periodicas, "registradas", {})
    llamadas = []

    @periodica(cada=timedelta(hours=1))
    def contar():
        llamadas.append(1)

    return llamadas


def adelantar():
    TareaPeriodica.objects.update(proxima=timezone.now() - timedelta(seconds=1))


def test_corre_al_registrarse_y_despues_cuando_le_toca(veces):
    assert (correr_debidas(), correr_debidas()) == (1, 0)
    adelantar()
    assert correr_debidas() == 1
    assert len(veces) == 2


def test_la_falla_de_una_no_detiene_a_las_demas_y_queda_a_la_vista(veces, monkeypatch):
    @periodica(cada=timedelta(hours=1))
    def romper():
        raise ValueError("sin espacio")

    assert correr_debidas() == 2
    assert "sin espacio" in TareaPeriodica.objects.get(nombre__endswith="romper").falla
    assert len(veces) == 1


def test_un_reloj_que_retrocede_no_la_deja_dormida(veces):
    correr_debidas()
    TareaPeriodica.objects.update(proxima=timezone.now() + timedelta(days=3))
    assert correr_debidas() == 1


def test_varios_trabajadores_no_la_repiten(veces):
    correr_debidas()
    adelantar()
    barrera = threading.Barrier(4)

    def competir():
        try:
            barrera.wait(10)
            correr_debidas()
        finally:
            connections.close_all()

    hilos = [threading.Thread(target=competir) for _ in range(4)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert len(veces) == 2


def test_el_sellado_es_una_de_ellas():
    registrar(SucesoNuevo("item.creado"))
    correr_debidas()
    assert verificar().sellado_hasta == 1
