"""La cola de cambios en las dos bases, con transacciones de verdad."""

import threading

import pytest
from django.db import connection, transaction

from archivo.catalogo.puerta import serie_de
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.puerta import poner_al_dia, verificar
from tests import fabricas

PLAZO = 30


def test_lo_confirmado_se_indexa_y_lo_deshecho_no_deja_rastro(cada_base):
    fabricas.publico()
    with pytest.raises(RuntimeError), transaction.atomic():
        fabricas.publico()
        raise RuntimeError
    assert CambioIndice.objects.count() == 1
    poner_al_dia()
    estado = verificar()
    assert (estado.elementos, estado.pendientes, estado.diferencias) == (1, 0, 0)


def test_una_fila_que_se_confirma_tarde_no_se_pierde(base_postgres):
    serie_de("boletin")  # ya confirmada: si no, la segunda transacción esperaría a la primera por ella
    escrita, seguir = threading.Event(), threading.Event()

    def tarde():
        try:
            with transaction.atomic():
                fabricas.publico()
                escrita.set()
                seguir.wait(PLAZO)
        finally:
            connection.close()

    hilo = threading.Thread(target=tarde)
    hilo.start()
    assert escrita.wait(PLAZO)
    fabricas.publico()
    poner_al_dia()
    assert verificar().elementos == 1
    seguir.set()
    hilo.join(PLAZO)
    poner_al_dia()
    estado = verificar()
    assert (estado.elementos, estado.pendientes, estado.diferencias) == (2, 0, 0)
