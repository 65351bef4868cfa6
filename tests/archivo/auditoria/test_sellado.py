"""La cadena de sellos: qué cubre y qué alteraciones descubre."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from archivo.auditoria import disparadores, sellado
from archivo.auditoria.models import Sello
from archivo.auditoria.puerta import Suceso, SucesoNuevo, registrar, registrar_varios, sellar, verificar

pytestmark = pytest.mark.usefixtures("cada_base")


def registrar_n(cuantos):
    return registrar_varios(SucesoNuevo("item.visto", f"item:{n}", detalle={"ñ": n}) for n in range(cuantos))


@contextmanager
def por_fuera(*tablas):
    """Lo que haría quien domina la base: quitar los disparadores, tocar y reponerlos."""

    class Editor:
        pass

    Editor.connection = connection
    for tabla in tablas:
        disparadores.quitar(tabla, None, Editor)
    with connection.cursor() as cursor:
        yield cursor
    for tabla in tablas:
        disparadores.poner(tabla, None, Editor)


def test_una_historia_intacta_se_verifica():
    registrar_n(25)
    assert sellar() == 25
    registrar_n(3)
    informe = verificar()
    assert informe.integro
    assert (informe.sellos, informe.sucesos, informe.pendientes) == (1, 25, 3)
    assert informe.sellado_hasta == Suceso.objects.order_by("id")[24].pk


def test_sin_sucesos_nuevos_no_hay_sello_nuevo():
    registrar_n(1)
    assert (sellar(), sellar(), Sello.objects.count()) == (1, 0, 1)


def test_varios_lotes_forman_una_cadena(monkeypatch):
    monkeypatch.setattr(sellado, "LOTE", 10)
    registrar_n(35)
    assert sellar() == 35
    sellos = list(Sello.objects.order_by("numero"))
    assert [s.total for s in sellos] == [10, 10, 10, 5]
    assert [s.anterior for s in sellos[1:]] == [s.huella for s in sellos[:-1]]
    assert verificar().integro


@pytest.mark.parametrize(
    ("orden", "dice"),
    [
        ("UPDATE auditoria_suceso SET motivo = 'otro' WHERE id = 4", "no es como se selló"),
        ("DELETE FROM auditoria_suceso WHERE id = 4", "hay 9"),
        ("UPDATE auditoria_sello SET total = 9", "selló 9"),
        ("DELETE FROM auditoria_sello WHERE numero = 1", "falta un sello"),
    ],
)
def test_descubre_lo_que_se_toca_por_fuera(orden, dice):
    registrar_n(10)
    sellar()
    registrar_n(10)
    sellar()
    with por_fuera("auditoria_suceso", "auditoria_sello") as cursor:
        cursor.execute(orden)
    informe = verificar()
    assert not informe.integro
    assert any(dice in falla.motivo for falla in informe.fallas), informe.fallas


def test_descubre_una_cadena_rehecha_a_medias():
    registrar_n(5)
    sellar()
    registrar_n(5)
    sellar()
    primero = Sello.objects.get(numero=1)
    with por_fuera("auditoria_suceso", "auditoria_sello") as cursor:
        cursor.execute("UPDATE auditoria_suceso SET motivo = 'otro' WHERE id = 2")
        huella = sellado.huella_de(primero.anterior, sellado.encabezado(primero), sellado.sucesos_sellados(primero))
        cursor.execute("UPDATE auditoria_sello SET huella = %s WHERE numero = 1", [huella])
    assert [(f.sello, f.motivo) for f in verificar().fallas] == [(2, "no sigue a la huella del sello anterior")]


def test_un_suceso_que_confirma_tarde_se_sella_aparte():
    registrar(SucesoNuevo("uno"))
    Suceso(id=5, clase="cinco").save()
    sellar()
    assert Sello.objects.get().huecos == [[2, 4]]
    Suceso(id=3, clase="tardío").save()
    assert verificar().pendientes == 1
    assert sellar() == 1
    assert Sello.objects.get(numero=2).tardios == [3]
    informe = verificar()
    assert (informe.integro, informe.sucesos, informe.pendientes) == (True, 3, 0)


def test_pasada_una_hora_un_hueco_ya_no_se_llena():
    hace_dos_horas = timezone.now() - timedelta(hours=2)
    registrar(SucesoNuevo("uno"))
    Suceso(id=3, clase="tres").save()
    sello = sellado._siguiente_lote(None)
    sello.momento = hace_dos_horas
    sello.huella = sellado.huella_de(sello.anterior, sellado.encabezado(sello), sellado.sucesos_sellados(sello))
    sello.save()
    Suceso(id=2, clase="intruso").save()
    assert sellar() == 0
    assert ["más de una hora" in f.motivo for f in verificar().fallas] == [True]


def test_se_sella_por_lotes_y_no_suceso_por_suceso(django_assert_max_num_queries):
    registrar_n(20_000)
    with django_assert_max_num_queries(100):
        assert sellar() == 20_000


@pytest.mark.lento
def test_doscientos_mil_sucesos():
    registrar_n(200_000)
    assert sellar() == 200_000
    assert verificar().integro
