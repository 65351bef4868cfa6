"""Muchos asientan a la vez, en SQLite y en PostgreSQL: ni huecos, ni lugares repetidos, ni árbol que no cuadre."""

import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction

from certificaciones.registro.models import Asiento
from certificaciones.registro.puerta import asentar, prueba_de, verificar_registros
from tests.certificaciones.registro.fabricas import asentar_varias, hoja
from verificador.prueba import leer_prueba

QUIENES, CADA_UNO = 6, 8


def asentar_con_tropiezos(quien, fallas):
    """Asienta sus ocho; en una de cada cuatro veces la transacción se deshace después de asentar."""
    try:
        for n in range(CADA_UNO):
            numero = quien * 100 + n
            if n % 4 == 0:
                with transaction.atomic():
                    asentar("expedidas", hoja(9000 + numero))
                    transaction.set_rollback(True)
            with transaction.atomic():
                asentar("expedidas", hoja(numero))
    except DatabaseError as error:
        fallas.append(error)
    finally:
        connections.close_all()


def test_asentar_a_la_vez_no_deja_huecos_ni_rompe_el_arbol(cada_base):
    fallas = []
    hilos = [threading.Thread(target=asentar_con_tropiezos, args=(quien, fallas)) for quien in range(1, QUIENES + 1)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert fallas == []
    assert list(Asiento.objects.order_by("indice").values_list("indice", flat=True)) == list(range(QUIENES * CADA_UNO))
    assert not Asiento.objects.filter(folio__startswith="CC/09").exists()
    informe = verificar_registros()
    assert (informe.asientos, informe.fallas) == (QUIENES * CADA_UNO, [])
    assert leer_prueba(prueba_de(Asiento.objects.get(indice=17))).indice == 17


@pytest.mark.parametrize("tabla", ["asiento", "nododelarbol", "puntodecontrol"])
def test_la_base_misma_impide_cambiar_el_registro(cada_base, tabla):
    asentar_varias(2)
    for orden in (f"UPDATE registro_{tabla} SET registro = 'ensayos'", f"DELETE FROM registro_{tabla}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(orden)
    assert verificar_registros().integro


def test_los_dos_registros_no_se_estorban(cada_base):
    asentado = threading.Event()

    def otro():
        try:
            with transaction.atomic():
                asentar("ensayos", hoja(1))
        finally:
            asentado.set()
            connections.close_all()

    hilo = threading.Thread(target=otro)
    if connection.vendor == "postgresql":
        with transaction.atomic():
            asentar("expedidas", hoja(1))
            hilo.start()
            assert asentado.wait(20), "quien asienta un ensayo esperó a quien expide"
    else:
        hilo.start()
    hilo.join()
    assert Asiento.objects.filter(registro="ensayos").count() == 1
