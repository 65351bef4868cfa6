"""El trabajo que una persona ve: avance, cancelación y repetición."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from archivo.identidad.puerta import Area, crear_usuario
from archivo.tareas import cola
from archivo.tareas.ejecucion import correr
from archivo.tareas.puerta import (
    AccionImposible,
    EstadoDeTrabajo,
    Trabajo,
    avanzar,
    cancelado,
    cancelar,
    drenar,
    encargar,
    reintentar,
    trabajo_actual,
)
from archivo.tareas.trabajos import visibles_para
from tests.archivo.tareas.tareas_de_prueba import anotar, contar, romper

pytestmark = pytest.mark.django_db


def test_el_avance_queda_a_la_vista():
    trabajo = encargar(contar, 12, descripcion="Contar hasta doce", objeto="item:b1")
    assert trabajo.estado == EstadoDeTrabajo.EN_ESPERA
    drenar()
    trabajo = Trabajo.objects.get()
    assert (trabajo.estado, trabajo.avance, trabajo.total, trabajo.mensaje) == (EstadoDeTrabajo.HECHO, 12, 12, "listo")
    assert (trabajo.resultado, trabajo.porcentaje, trabajo.objeto) == (12, 100, "item:b1")


def test_avisar_mucho_no_escribe_mucho():
    encargar(contar, 500, descripcion="Contar")
    encargo = cola.tomar("prueba")
    with CaptureQueriesContext(connection) as hechas:
        correr(encargo)
    avisos = [c["sql"] for c in hechas if c["sql"].startswith("UPDATE") and '"avance"' in c["sql"]]
    assert 1 <= len(avisos) <= 20
    assert Trabajo.objects.get().avance == 500


def test_fuera_de_una_tarea_no_pasa_nada():
    avanzar(3, 10, "nadie mira")
    assert (trabajo_actual(), cancelado()) == (None, False)


def test_deshacer_la_transaccion_deshace_el_trabajo():
    with transaction.atomic():
        encargar(anotar, "x", descripcion="Nada")
        transaction.set_rollback(True)
    assert not Trabajo.objects.exists()


def test_cancelar_lo_que_espera_impide_que_corra():
    trabajo = encargar(anotar, "obras", descripcion="Anotar")
    cancelar(trabajo)
    assert drenar() == 0
    assert Trabajo.objects.get().estado == EstadoDeTrabajo.CANCELADO
    assert not Area.objects.exists()


def test_cancelar_lo_que_corre_lo_detiene_cuando_pregunta():
    trabajo = encargar(contar, 50, descripcion="Contar")
    encargo = cola.tomar("prueba")
    cancelar(trabajo)
    assert Trabajo.objects.get().estado == EstadoDeTrabajo.EN_CURSO
    correr(encargo)
    trabajo = Trabajo.objects.get()
    assert (trabajo.estado, trabajo.resultado) == (EstadoDeTrabajo.CANCELADO, 0)


def test_pedir_cancelar_demasiado_tarde_no_cambia_lo_hecho():
    trabajo = encargar(anotar, "obras", descripcion="Anotar")
    encargo = cola.tomar("prueba")
    cancelar(trabajo)
    correr(encargo)
    assert Trabajo.objects.get().estado == EstadoDeTrabajo.HECHO
    with pytest.raises(AccionImposible, match="ya terminó"):
        cancelar(Trabajo.objects.get())


@pytest.mark.parametrize("preparar", ["falla", "cancelacion"])
def test_repetir_lo_que_no_termino(preparar):
    trabajo = encargar(romper, descripcion="Romper")
    if preparar == "falla":
        drenar()
        assert "no hay tal cosa" in Trabajo.objects.get().error
    else:
        cancelar(trabajo)
    reintentar(Trabajo.objects.get())
    trabajo = Trabajo.objects.get()
    assert (trabajo.estado, trabajo.error, trabajo.encargo.intentos) == (EstadoDeTrabajo.EN_ESPERA, "", 0)
    assert drenar() == 1


def test_lo_hecho_no_se_repite():
    encargar(anotar, "obras", descripcion="Anotar")
    drenar()
    with pytest.raises(AccionImposible, match="quedó a medias o se canceló"):
        reintentar(Trabajo.objects.get())


def test_cada_quien_ve_lo_suyo_y_administracion_y_auditoria_todo():
    ana, beto = crear_usuario("ana", "redaccion"), crear_usuario("beto", "redaccion")
    de_ana = encargar(anotar, "a", descripcion="De Ana", actor=ana)
    de_nadie = encargar(anotar, "b", descripcion="Del sistema")
    assert list(visibles_para(ana)) == [de_ana]
    assert list(visibles_para(beto)) == []
    for rol in ("administracion", "auditoria"):
        assert set(visibles_para(crear_usuario(rol, rol))) == {de_ana, de_nadie}
