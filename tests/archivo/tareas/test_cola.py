"""La cola: transaccional, arrendada, con reintentos contados."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.tasks import TaskResultStatus
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils import timezone

from archivo.identidad.puerta import Area
from archivo.tareas import cola
from archivo.tareas.ejecucion import correr, drenar
from archivo.tareas.puerta import Encargo
from tests.archivo.tareas.tareas_de_prueba import (
    anotar,
    asincrona,
    aun_no,
    base_ocupada,
    con_contexto,
    devolver_algo_raro,
    romper,
)

pytestmark = pytest.mark.usefixtures("cada_base")


def vencer(encargo):
    Encargo.objects.filter(pk=encargo.pk).update(arriendo_hasta=timezone.now() - timedelta(seconds=1))


def en_hilos(cuantos, funcion):
    """Corre `funcion(0)`, `funcion(1)`… a la vez, cada una en su hilo y con su conexión."""

    def correr(numero):
        try:
            funcion(numero)
        finally:
            connections.close_all()

    hilos = [threading.Thread(target=correr, args=(n,)) for n in range(cuantos)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()


def test_encargar_y_correr():
    resultado = anotar.enqueue("obras", nombre="Obras")
    assert resultado.status == TaskResultStatus.READY
    assert drenar() == 1
    resultado.refresh()
    assert (resultado.status, resultado.return_value, resultado.attempts) == (TaskResultStatus.SUCCESSFUL, {"clave": "obras"}, 1)
    assert Area.objects.get().nombre == "Obras"


def test_si_la_transaccion_se_deshace_no_hubo_encargo():
    with transaction.atomic():
        anotar.enqueue("fantasma")
        transaction.set_rollback(True)
    assert drenar() == 0
    assert not Area.objects.exists()


def test_primero_lo_urgente_y_luego_por_orden_de_llegada():
    for clave, prioridad in [("a", 0), ("b", 50), ("c", 0), ("d", -10)]:
        anotar.using(priority=prioridad).enqueue(clave)
    drenar()
    assert list(Area.objects.order_by("pk").values_list("clave", flat=True)) == ["b", "a", "c", "d"]


def test_lo_aplazado_no_corre_antes_de_su_momento():
    anotar.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("luego")
    assert drenar() == 0
    Encargo.objects.update(desde=timezone.now() - timedelta(seconds=1))
    assert drenar() == 1


def test_la_falla_queda_contada_en_palabras_y_con_su_traza():
    resultado = romper.enqueue()
    drenar()
    resultado.refresh()
    assert resultado.status == TaskResultStatus.FAILED
    assert resultado.errors[0].exception_class is ValueError
    assert "romper" in resultado.errors[0].traceback
    assert Encargo.objects.get().error == "no hay tal cosa"


def test_lo_que_no_cabe_en_json_es_una_falla():
    devolver_algo_raro.enqueue()
    drenar()
    assert Encargo.objects.get().estado == TaskResultStatus.FAILED


def test_una_tarea_que_ya_no_existe_falla_sin_detener_a_las_demas():
    anotar.enqueue("despues")
    Encargo.objects.create(tarea="archivo.que_no_existe.tarea", argumentos={"args": [], "kwargs": {}}, prioridad=90)
    assert drenar() == 2
    assert Area.objects.filter(clave="despues").exists()


@pytest.mark.parametrize("tarea", [aun_no, base_ocupada])
def test_lo_pasajero_se_reintenta_despues_y_a_la_quinta_se_abandona(tarea):
    tarea.enqueue()
    for intento in range(1, 6):
        assert drenar() == 1
        encargo = Encargo.objects.get()
        assert encargo.intentos == intento
        if intento < 5:
            assert encargo.estado == TaskResultStatus.READY
            assert encargo.desde > timezone.now()
        Encargo.objects.update(desde=timezone.now() - timedelta(seconds=1))
    assert encargo.estado == TaskResultStatus.FAILED
    assert "Abandonada después de 5 intentos" in encargo.error
    assert encargo.como_resultado.errors[0].exception_class.__name__ == "TareaAbandonada"


def test_las_tareas_con_contexto_y_las_asincronas_tambien_corren():
    """En un hilo, como en el trabajador: el de las pruebas puede tener ya un ciclo de eventos (el del navegador)."""
    contexto, doble = con_contexto.enqueue(), asincrona.enqueue(21)
    en_hilos(1, lambda _: drenar())
    contexto.refresh()
    doble.refresh()
    assert (contexto.return_value, doble.return_value) == (1, 42)


def test_un_arriendo_vencido_vuelve_a_la_cola():
    anotar.enqueue("obras")
    encargo = cola.tomar("muerto")
    assert (cola.barrer(), drenar()) == (0, 0)
    vencer(encargo)
    assert (cola.barrer(), drenar()) == (1, 1)
    encargo.refresh_from_db()
    assert (encargo.estado, encargo.intentos, encargo.trabajadores) == (TaskResultStatus.SUCCESSFUL, 2, ["muerto", "en-linea"])


def test_quien_renueva_no_pierde_el_arriendo():
    anotar.enqueue("obras")
    encargo = cola.tomar("vivo")
    vencer(encargo)
    cola.renovar([encargo])
    assert cola.barrer() == 0


def test_quien_perdio_el_arriendo_no_escribe_su_resultado():
    anotar.enqueue("obras")
    lento = cola.tomar("lento")
    vencer(lento)
    cola.barrer()
    otro = cola.tomar("otro")
    assert not cola.terminar(lento, "tarde")
    correr(otro)
    assert Encargo.objects.get().resultado == {"clave": "obras"}


def test_cinco_trabajadores_muertos_y_se_abandona_con_su_motivo():
    anotar.enqueue("obras")
    for _ in range(5):
        vencer(cola.tomar("muerto"))
        cola.barrer()
    encargo = Encargo.objects.get()
    assert encargo.estado == TaskResultStatus.FAILED
    assert encargo.error == "Abandonada después de 5 intentos: el trabajador dejó de dar señales de vida"


def test_apagar_con_orden_no_gasta_un_intento():
    anotar.enqueue("obras")
    cola.soltar(cola.tomar("apagado"))
    encargo = Encargo.objects.get()
    assert (encargo.estado, encargo.intentos) == (TaskResultStatus.READY, 0)


def test_varios_trabajadores_a_la_vez_no_repiten_ni_pierden():
    for numero in range(30):
        anotar.enqueue(f"a{numero}")

    en_hilos(4, lambda numero: drenar(f"hilo-{numero}"))
    assert Area.objects.count() == 30
    assert set(Encargo.objects.values_list("intentos", flat=True)) == {1}


def test_un_encargo_desconocido_se_dice_como_en_django(cada_base):
    for identificador in ("no-es-uuid", "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(TaskResultDoesNotExist):
            anotar.get_result(identificador)


def test_limpiar_borra_solo_lo_terminado_hace_mucho():
    anotar.enqueue("vieja")
    drenar()
    Encargo.objects.update(terminado=timezone.now() - timedelta(days=40))
    anotar.enqueue("nueva")
    drenar()
    anotar.enqueue("pendiente")
    assert cola.limpiar() == 1
    assert Encargo.objects.count() == 2
