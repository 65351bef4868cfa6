"""Foliar después lo que entró sin fojas: siguen a las últimas y se dan una sola vez, en el servicio y en la base."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from archivo.archivistica.expedientes.cierre import cerrar_expediente, reabrir_expediente, requisitos_de_cierre
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.foliacion import foliar
from archivo.archivistica.expedientes.integracion import Documento, abrir_legajo, integrar, reclasificar
from archivo.archivistica.models import Integracion
from archivo.auditoria.puerta import sucesos_de
from tests import fabricas
from tests.archivo.archivistica import mundo

pytestmark = pytest.mark.usefixtures("cada_base")
ELECTRONICO = ("vinculo", "formato", "requisitos", "ubicacion")


def sin_papel(exp, paginas=2):
    [fila] = integrar(exp, [Documento(mundo.con_archivo(paginas, dia=date(2026, 1, 6)), fojas=0)], None)
    return fila


def fojas(exp):
    return list(exp.integraciones.order_by("pk").values_list("foja_inicial", "foja_final", "legajo__n"))


def test_recibe_las_que_siguen_en_el_ultimo_legajo_y_las_demas_no_cambian():
    exp = mundo.expediente(soporte="hibrido")
    suelto, papel = sin_papel(exp), mundo.con_archivo(3, soporte="papel", dia=date(2026, 1, 7))
    integrar(exp, [Documento(papel)], None)
    abrir_legajo(exp, None)
    archivista = fabricas.persona("archivo_tramite", en=exp.area)
    foliar(suelto, Documento(suelto.item), archivista)
    assert fojas(exp) == [(4, 5, 2), (1, 3, 1)]
    exp.refresh_from_db()
    assert (exp.total_documentos, exp.total_fojas) == (2, 5)
    suceso = sucesos_de(f"expediente:{exp.clave}").filter(clase="expediente.foliado").get()
    assert (suceso.actor, suceso.detalle["fojas"]) == (archivista, [4, 5])
    assert suceso.detalle["razon"] == "Un documento, fojas 4–5"


@pytest.mark.parametrize(
    ("como", "dadas"),
    [
        ({"fojas": 1}, (1, 1)),
        ({"caras": "ambos"}, (1, 3)),
        ({"foja_inicial": 1, "foja_final": 9}, (1, 9)),
    ],
)
def test_cuantas_o_cuales(como, dadas):
    exp = mundo.expediente()
    fila = sin_papel(exp, paginas=5)
    foliada = foliar(fila, Documento(fila.item, **como), None)
    assert (foliada.foja_inicial, foliada.foja_final) == dadas
    assert foliada.fojas_escritas == ("1" if dadas[1] == 1 else f"1–{dadas[1]}")


def test_lo_que_no_se_folia_dice_por_que():
    exp, electronico = mundo.expediente(), mundo.expediente(soporte="digital")
    foliada, suelta, otra = mundo.integrados(exp, 1)[0], sin_papel(exp), sin_papel(electronico)
    ajena = fabricas.persona("archivo_tramite", en=fabricas.area("Obras"))
    casos = (
        (foliada, {}, None, "ya tiene fojas: 1"),
        (suelta, {"foja_inicial": 5, "foja_final": 6}, None, "faltarían"),
        (suelta, {"foja_inicial": 1, "foja_final": 1}, None, "Las fojas 1 se traslapan"),
        (suelta, {"fojas": 0}, None, "al menos una"),
        (suelta, {}, ajena, "archivo de trámite"),
        (otra, {}, None, "electrónico"),
    )
    for fila, como, actor, dice in casos:
        with pytest.raises(ExpedienteRechazado, match=dice):
            foliar(fila, Documento(fila.item, **como), actor)
    reclasificar(suelta, Documento(suelta.item, fojas=0), electronico, "Acuerdo 1", None)
    with pytest.raises(ExpedienteRechazado, match="no está en ese expediente"):
        foliar(suelta, Documento(suelta.item), None)


def test_cerrado_no_se_folia_y_el_indice_siguiente_ya_lo_dice():
    exp = mundo.expediente(
        soporte="hibrido", parte_fisica="Carpeta", parte_fisica_cantidad=1, electronico=dict.fromkeys(ELECTRONICO, "x")
    )
    suelta = sin_papel(exp)
    integrar(exp, [Documento(mundo.con_archivo(dia=date(2026, 1, 7)), fojas=1)], None)
    primero = cerrar_expediente(exp, None)
    with pytest.raises(ExpedienteRechazado, match="no admite documentos"):
        foliar(suelta, Documento(suelta.item), None)
    reabrir_expediente(exp, None, "Faltaba foliar")
    foliar(suelta, Documento(suelta.item), None)
    segundo = cerrar_expediente(exp, None)
    assert '"foja_inicial":2' not in bytes(primero.contenido_json).decode()
    assert '"foja_inicial":2' in bytes(segundo.contenido_json).decode()


def test_la_lista_de_cierre_lo_pide_y_foliar_la_cumple():
    exp = mundo.expediente()
    suelta = sin_papel(exp)
    foliados = {r.nombre: r for r in requisitos_de_cierre(exp)}["Todos foliados"]
    assert suelta.item.clave in foliados.falta
    assert "Foliar" in foliados.falta
    foliar(suelta, Documento(suelta.item), None)
    assert {r.nombre: r for r in requisitos_de_cierre(exp)}["Todos foliados"].cumple


def test_la_base_las_admite_una_vez_en_orden_y_en_uno_abierto():
    exp, destino = mundo.expediente(), mundo.expediente()
    suelta, ida = sin_papel(exp), sin_papel(exp)
    reclasificar(ida, Documento(ida.item, fojas=0), destino, "Acuerdo 1", None)
    legajo = exp.legajos.get()

    def poner(fila, desde, hasta, **mas):
        Integracion.objects.filter(pk=fila.pk).update(**({"legajo": legajo, "foja_inicial": desde, "foja_final": hasta} | mas))

    def rechaza(*como, **mas):
        with pytest.raises(DatabaseError), transaction.atomic():
            poner(*como, **mas)

    rechaza(suelta, 2, 3)
    rechaza(suelta, 1, 2, expediente=destino)
    rechaza(suelta, 1, None)
    rechaza(suelta, None, 1)
    rechaza(suelta, None, None)
    rechaza(ida, 1, 2)
    poner(suelta, 1, 2)
    rechaza(suelta, 1, 3)
    rechaza(suelta, None, None, legajo=None)
    otra = sin_papel(exp)
    foliar(otra, Documento(otra.item), None)
    tercera = sin_papel(exp)
    type(exp).objects.filter(pk=exp.pk).update(estado="cerrado")
    rechaza(tercera, 5, 6)
    assert fojas(exp) == [(1, 2, 1), (None, None, None), (3, 4, 1), (None, None, None)]
