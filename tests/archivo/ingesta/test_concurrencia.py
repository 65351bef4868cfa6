"""Los mismos bytes a la vez, en las dos bases de datos."""

import io
import threading

import pytest
from django.db import connection

from archivo.catalogo.puerta import Item
from archivo.ingesta.puerta import Ingreso, Pedido, procesar, recibir
from archivo.objetos.puerta import ObjetoDigital
from tests.muestras import fabrica

pytestmark = pytest.mark.usefixtures("cada_base")


def _a_la_vez(funcion, argumentos):
    errores = []
    salida = threading.Barrier(len(argumentos))

    def correr(argumento):
        salida.wait(20)
        try:
            funcion(argumento)
        except Exception as error:  # noqa: BLE001 - se comprueba abajo, en el hilo de la prueba
            errores.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=correr, args=[a]) for a in argumentos]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(60)
    assert errores == []


def test_el_mismo_archivo_cuatro_veces_a_la_vez_es_un_solo_elemento():
    crudo = fabrica.pdf(["Llegó cuatro veces al mismo tiempo"])
    claves = [recibir(io.BytesIO(crudo), f"{n}.pdf", Pedido()).pk for n in range(4)]
    _a_la_vez(procesar, claves)
    estados = sorted(Ingreso.objects.values_list("estado", flat=True))
    assert estados == ["aceptado", "duplicado", "duplicado", "duplicado"]
    assert (Item.objects.count(), ObjetoDigital.objects.count()) == (1, 1)


def test_un_ingreso_lo_procesa_uno_solo():
    ingreso = recibir(io.BytesIO(fabrica.pdf(["Uno"])), "uno.pdf", Pedido())
    _a_la_vez(procesar, [ingreso.pk] * 4)
    final = Ingreso.objects.get()
    assert (final.estado, final.intentos, Item.objects.count()) == ("aceptado", 1, 1)
