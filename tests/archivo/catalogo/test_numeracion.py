"""Un número se da una sola vez, sin huecos, con varias personas autorizando a la vez; en SQLite y en PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from archivo.catalogo.models import Item
from archivo.catalogo.puerta import CambioRechazado, serie_de, transitar
from tests import fabricas

pytestmark = pytest.mark.usefixtures("cada_base")


def test_veinte_autorizaciones_a_la_vez_dan_veinte_numeros_seguidos():
    redactora, titular = fabricas.persona("redaccion"), fabricas.persona("titular")
    items = [fabricas.boletin(actor=redactora) for _ in range(20)]
    for item in items:
        transitar(item, "enviar_a_revision", redactora)

    def autorizar(item):
        try:
            return transitar(item, "autorizar", titular).numero
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hilos:
        numeros = list(hilos.map(autorizar, items))
    assert sorted(numeros) == list(range(1, 21))


def test_continua_del_mayor_historico_de_su_serie_y_anio():
    redactora, titular = fabricas.persona("redaccion"), fabricas.persona("titular")
    fabricas.boletin(estado="publicado", numero=80, anio_numero=2026)
    fabricas.boletin(estado="publicado", numero=900, anio_numero=2025)
    fabricas.boletin(estado="publicado", numero=700, anio_numero=2026, serie=serie_de("comunicado"))
    item = fabricas.boletin(actor=redactora)
    transitar(item, "enviar_a_revision", redactora)
    assert transitar(item, "autorizar", titular).folio == "No. 081/2026"


def test_la_base_impide_dos_numeros_asignados_iguales():
    fabricas.boletin(numero=5, anio_numero=2026, numero_asignado=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        fabricas.boletin(numero=5, anio_numero=2026, numero_asignado=True)


def test_los_historicos_si_se_repiten():
    fabricas.boletin(numero=5, anio_numero=2026)
    fabricas.boletin(numero=5, anio_numero=2026)
    assert Item.objects.filter(numero=5).count() == 2


def test_sin_fecha_no_hay_folio():
    redactora, titular = fabricas.persona("redaccion"), fabricas.persona("titular")
    item = fabricas.boletin(actor=redactora, dia=None)
    transitar(item, "enviar_a_revision", redactora)
    with pytest.raises(CambioRechazado, match="fecha de emisión"):
        transitar(item, "autorizar", titular)
