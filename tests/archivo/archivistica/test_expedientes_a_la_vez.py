"""Dos personas a la vez, en las dos bases: ni consecutivos ni fojas repetidos, y la base rechaza lo mismo que el servicio."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from archivo.archivistica.expedientes.cierre import cerrar_expediente
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.integracion import Documento, integrar
from archivo.archivistica.models import Expediente, IndiceElectronico, Integracion
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.usefixtures("cada_base")


def a_la_vez(tareas):
    """Corre cada tarea en su hilo, con su conexión; da lo que devuelve o la razón del rechazo."""

    def correr(tarea):
        try:
            return tarea()
        except ExpedienteRechazado as razon:
            return razon
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tareas)) as hilos:
        return list(hilos.map(correr, tareas))


def test_dos_expedientes_a_la_vez_no_comparten_codigo():
    serie, areas = mundo.serie(), [fabricas.area("Uno"), fabricas.area("Dos")]
    responsable = fabricas.persona("archivo_tramite")
    tareas = [lambda a=areas[n % 2]: mundo.expediente(a, serie=serie, responsable=responsable).codigo for n in range(6)]
    assert len(set(a_la_vez(tareas))) == 6


def test_dos_integraciones_a_la_vez_dan_fojas_seguidas():
    exp = mundo.expediente()
    items = [mundo.con_archivo(2, dia=date(2026, 2, 1)) for _ in range(4)]
    a_la_vez([lambda i=i: integrar(exp, [Documento(i)], None) for i in items])
    fojas = list(exp.integraciones.order_by("foja_inicial").values_list("foja_inicial", "foja_final"))
    assert fojas == [(1, 2), (3, 4), (5, 6), (7, 8)]
    exp.refresh_from_db()
    assert (exp.total_fojas, exp.total_documentos) == (8, 4)


def test_el_mismo_documento_no_entra_dos_veces_aunque_lo_pidan_a_la_vez():
    exp, item = mundo.expediente(), mundo.con_archivo()
    a_la_vez([lambda: integrar(exp, [Documento(item)], None) for _ in range(3)])
    assert exp.integraciones.count() == 1


def test_integrar_y_cerrar_a_la_vez_no_deja_nada_fuera_del_indice():
    exp = mundo.expediente()
    mundo.integrados(exp)
    nuevo = mundo.con_archivo(dia=date(2026, 2, 1))
    a_la_vez([lambda: cerrar_expediente(exp, None), lambda: integrar(exp, [Documento(nuevo)], None)])
    assert IndiceElectronico.objects.get().documentos == exp.integraciones.count()


def test_la_base_rechaza_por_si_sola():
    exp = mundo.expediente()
    fila = mundo.integrados(exp, 1)[0]
    otra = Integracion(
        expediente=exp,
        legajo=exp.legajos.get(),
        item=mundo.con_archivo(),
        orden=2,
        tipo_documental="x",
        foja_inicial=1,
        foja_final=3,
    )
    intentos = (
        otra.save,
        lambda: Integracion.objects.filter(pk=fila.pk).update(foja_final=9),
        lambda: Integracion.objects.filter(pk=fila.pk).delete(),
        lambda: Expediente.objects.filter(pk=exp.pk).update(codigo="X"),
    )
    for intento in intentos:
        with pytest.raises(DatabaseError), transaction.atomic():
            intento()
    cerrar_expediente(exp, None)
    otra.foja_inicial = 2
    with pytest.raises(DatabaseError), transaction.atomic():
        otra.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE archivistica_indiceelectronico SET version = 7")
