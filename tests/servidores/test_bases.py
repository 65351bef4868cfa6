"""Las bases de las pruebas son lo que dicen ser."""

import threading

import pytest
from django.db import connection, connections

from archivo.identidad.puerta import Area


def test_cada_base_es_del_motor_que_dice(cada_base):
    assert connection.vendor == cada_base.vendor


@pytest.mark.usefixtures("cada_base")
def test_otro_hilo_ve_lo_confirmado():
    Area.objects.create(clave="obras", nombre="Obras")
    vistas = []

    def mirar():
        vistas.extend(Area.objects.values_list("clave", flat=True))
        connections.close_all()

    hilo = threading.Thread(target=mirar)
    hilo.start()
    hilo.join()
    assert vistas == ["obras"]


@pytest.mark.parametrize("vez", [1, 2])
def test_cada_prueba_empieza_con_la_base_limpia(cada_base, vez):
    assert not Area.objects.exists()
    Area.objects.create(clave=f"vez-{vez}", nombre="x")


@pytest.mark.django_db
def test_fuera_de_la_fixture_la_base_es_la_de_siempre():
    assert connection.vendor == "sqlite"
    assert not Area.objects.exists()
