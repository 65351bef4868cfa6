"""Registrar sucesos: qué queda escrito y que no se puede cambiar."""

import pytest
from django.db import DatabaseError, connection, transaction

from archivo.auditoria.models import Sello
from archivo.auditoria.puerta import HistoriaInmutable, Suceso, SucesoNuevo, registrar, registrar_varios, sellar, sucesos_de
from archivo.identidad.puerta import crear_usuario

pytestmark = pytest.mark.usefixtures("cada_base")


def test_el_suceso_copia_el_nombre_de_quien_actuo():
    ana = crear_usuario("ana", "redaccion")
    suceso = registrar(SucesoNuevo("item.autorizado", "item:b1", actor=ana, motivo="listo", detalle={"numero": 7}, ip="10.0.0.1"))
    suceso.refresh_from_db()
    assert (suceso.actor_nombre, suceso.detalle, suceso.ip, suceso.resultado) == ("ana", {"numero": 7}, "10.0.0.1", "hecho")


def test_se_deshace_con_la_transaccion_de_lo_que_cuenta():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        registrar(SucesoNuevo("item.creado", "item:b1"))
        _ = 1 / 0
    assert not Suceso.objects.exists()


def test_los_sucesos_de_un_objeto_van_del_mas_antiguo_al_mas_nuevo():
    registrar_varios(SucesoNuevo(f"item.paso{n}", "item:b1") for n in range(3))
    registrar(SucesoNuevo("item.otro", "item:b2"))
    assert [s.clase for s in sucesos_de("item:b1")] == ["item.paso0", "item.paso1", "item.paso2"]


def test_no_se_cambia_ni_se_borra_por_el_modelo():
    suceso = registrar(SucesoNuevo("item.creado", "item:b1"))
    suceso.motivo = "otro"
    for accion in (suceso.save, suceso.delete, Suceso.objects.all().delete, lambda: Suceso.objects.update(motivo="otro")):
        with pytest.raises(HistoriaInmutable):
            accion()


@pytest.mark.parametrize("tabla", ["auditoria_suceso", "auditoria_sello"])
@pytest.mark.parametrize("orden", ["UPDATE {} SET momento = momento", "DELETE FROM {}"])
def test_la_base_lo_impide_aunque_se_entre_por_fuera(tabla, orden):
    registrar(SucesoNuevo("item.creado", "item:b1"))
    sellar()
    with pytest.raises(DatabaseError, match="sólo admite filas nuevas"), connection.cursor() as cursor:
        cursor.execute(orden.format(tabla))
    assert (Suceso.objects.count(), Sello.objects.count()) == (1, 1)
