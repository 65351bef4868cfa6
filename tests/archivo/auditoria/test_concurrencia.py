"""Lo que pasa cuando dos conexiones escriben a la vez."""

import threading

from django.db import connections, transaction

from archivo.auditoria.models import Sello
from archivo.auditoria.puerta import SucesoNuevo, registrar, sellar, verificar


def en_otro_hilo(funcion):
    def correr():
        try:
            funcion()
        finally:
            connections.close_all()

    hilo = threading.Thread(target=correr)
    hilo.start()
    return hilo


def test_postgres_confirma_fuera_de_orden_y_nada_queda_sin_sello(base_postgres):
    escrito, confirmar = threading.Event(), threading.Event()

    def lenta():
        with transaction.atomic():
            registrar(SucesoNuevo("item.lento"))
            escrito.set()
            confirmar.wait(10)

    hilo = en_otro_hilo(lenta)
    assert escrito.wait(10)
    rapido = registrar(SucesoNuevo("item.rapido"))
    assert sellar() == 1
    assert Sello.objects.get().huecos == [[rapido.pk - 1, rapido.pk - 1]]
    confirmar.set()
    hilo.join()
    assert sellar() == 1
    informe = verificar()
    assert (informe.integro, informe.sucesos, informe.pendientes) == (True, 2, 0)


def test_lo_que_postgres_deshizo_queda_como_hueco(base_postgres):
    with transaction.atomic():
        registrar(SucesoNuevo("item.deshecho"))
        transaction.set_rollback(True)
    registrar(SucesoNuevo("item.hecho"))
    sellar()
    assert Sello.objects.get().huecos == [[1, 1]]
    assert verificar().integro


def test_sellar_no_hace_esperar_a_quien_escribe(base_sqlite):
    """El sellador lee fuera de toda transacción; sólo el sello se escribe."""
    registrar(SucesoNuevo("item.uno"))
    with transaction.atomic():
        registrar(SucesoNuevo("item.en_curso"))
        lector = en_otro_hilo(verificar)
        lector.join(5)
        assert not lector.is_alive()


def test_dos_selladores_a_la_vez_dejan_una_sola_cadena(cada_base):
    for numero in range(40):
        registrar(SucesoNuevo(f"item.{numero}"))
    hilos = [en_otro_hilo(sellar) for _ in range(4)]
    for hilo in hilos:
        hilo.join()
    sellar()
    informe = verificar()
    assert (informe.integro, informe.sucesos, informe.pendientes) == (True, 40, 0)
