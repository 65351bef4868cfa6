"""El acceso que resulta: lo decidido, lo que aporta el expediente, los derechos y las personas nombradas."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo import aportes
from archivo.catalogo.acceso import puede_ver_ficha, puede_ver_texto
from archivo.catalogo.models import Adjunto, Item
from archivo.catalogo.puerta import (
    Edicion,
    elementos_cambiados,
    fijar_nombradas,
    guardar,
    recalcular_acceso,
    registrar_aporte_de_acceso,
)
from archivo.identidad.puerta import lector_de
from archivo.objetos.puerta import ObjetoDigital
from tests import fabricas

pytestmark = pytest.mark.django_db


@pytest.fixture
def aporte(monkeypatch):
    """Un expediente de mentira: `{item_id: nivel}`."""
    niveles: dict[int, str] = {}
    monkeypatch.setattr(aportes, "_aportes", [])
    registrar_aporte_de_acceso(lambda ids: {pk: niveles[pk] for pk in ids if pk in niveles})
    return niveles


@pytest.fixture
def avisos():
    """Los avisos de cambio enviados: `(ids, revoca)`."""
    enviados = []

    def anotar(sender, ids, revoca, **kwargs):
        enviados.append((list(ids), revoca))

    elementos_cambiados.connect(anotar, weak=False)
    yield enviados
    elementos_cambiados.disconnect(anotar)


def _objeto(letra="a"):
    return ObjetoDigital.objects.create(sha256=letra * 64, bytes=1, mime="image/jpeg")


def efectivo(item):
    return Item.objects.get(pk=item.pk).acceso_efectivo


def test_el_expediente_cierra_a_sus_documentos_y_los_reabre(aporte, avisos):
    items = [fabricas.publico() for _ in range(3)]
    adjunto = Adjunto.objects.create(item=items[0], objeto=_objeto(), nombre="x.jpg", acceso_efectivo="publico")
    aporte.update({i.pk: "reservado" for i in items[:2]})
    avisos.clear()
    assert recalcular_acceso([i.pk for i in items], None, "Se reservó el expediente") == 2
    assert [efectivo(i) for i in items] == ["reservado", "reservado", "publico"]
    adjunto.refresh_from_db()
    assert adjunto.acceso_efectivo == "reservado"
    assert avisos == [([items[0].pk, items[1].pk], True)]
    suceso = sucesos_de(f"item:{items[0].clave}").last()
    assert (suceso.clase, suceso.motivo) == ("item.acceso_recalculado", "Se reservó el expediente")
    aporte.clear()
    assert recalcular_acceso([i.pk for i in items], None, "Venció") == 2
    assert [efectivo(i) for i in items] == ["publico"] * 3


def test_corregir_un_documento_no_lo_saca_de_la_reserva_de_su_expediente(aporte):
    item = fabricas.publico()
    aporte[item.pk] = "reservado"
    guardar(item, Edicion(actor=None))
    assert (item.acceso, efectivo(item)) == ("publico", "reservado")


def test_recalcular_hace_las_mismas_consultas_con_uno_que_con_muchos(aporte):
    items = [fabricas.publico() for _ in range(12)]
    aporte.update({i.pk: "interno" for i in items})
    with CaptureQueriesContext(connection) as con_uno:
        recalcular_acceso([items[0].pk], None, "x")
    with CaptureQueriesContext(connection) as con_muchos:
        recalcular_acceso([i.pk for i in items[1:]], None, "x")
    assert len(con_uno) == len(con_muchos) <= 14
    assert {efectivo(i) for i in items} == {"interno"}


def test_lo_confidencial_lo_leen_las_nombradas_de_su_area():
    area, otra = fabricas.area("Obras"), fabricas.area("Salud")
    item = fabricas.elemento(acceso="confidencial", estado="publicado", area=area)
    nombrada, colega = fabricas.persona("redaccion", en=area), fabricas.persona("redaccion", en=area)
    de_fuera, general = fabricas.persona("redaccion", en=otra), fabricas.persona("titular")
    cotejo, transparencia = fabricas.persona("cotejo"), fabricas.persona("unidad_transparencia")
    fijar_nombradas([item.pk], [nombrada.pk, de_fuera.pk, general.pk, cotejo.pk], None, "Acuerdo 3/2026")
    ven = {
        p.pk: (puede_ver_texto(lector_de(p), item), Item.objects.visibles_para(lector_de(p)).filter(pk=item.pk).exists())
        for p in (nombrada, colega, de_fuera, general, cotejo, transparencia)
    }
    assert ven == {
        nombrada.pk: (True, True), colega.pk: (False, False), de_fuera.pk: (False, False),
        general.pk: (True, True), cotejo.pk: (False, False), transparencia.pk: (True, True),
    }  # fmt: skip


def test_quien_deja_el_area_deja_de_leer_aunque_siga_nombrada():
    area = fabricas.area("Obras")
    item = fabricas.elemento(acceso="confidencial", estado="publicado", area=area)
    ayer = timezone.localdate() - timedelta(days=1)
    persona = fabricas.persona("redaccion", en=area, hasta=ayer)
    fijar_nombradas([item.pk], [persona.pk], None, "x")
    assert not puede_ver_ficha(lector_de(persona), item)
    assert not Item.objects.visibles_para(lector_de(persona)).exists()


def test_un_archivo_confidencial_de_un_documento_reservado_lo_abre_la_nombrada():
    area = fabricas.area("Obras")
    item = fabricas.elemento(acceso="reservado", estado="publicado", area=area)
    adjunto = Adjunto.objects.create(
        item=item, objeto=_objeto(), nombre="x.jpg", acceso="confidencial", acceso_efectivo="confidencial"
    )
    nombrada, colega = fabricas.persona("redaccion", en=area), fabricas.persona("redaccion", en=area)
    fijar_nombradas([item.pk], [nombrada.pk], None, "x")
    assert puede_ver_texto(lector_de(nombrada), item, adjunto)
    assert puede_ver_texto(lector_de(colega), item)
    assert not puede_ver_texto(lector_de(colega), item, adjunto)


def test_nombrar_deja_constancia_y_quitar_revoca(avisos):
    item = fabricas.elemento(acceso="confidencial", estado="publicado")
    ana, beto = fabricas.persona("redaccion"), fabricas.persona("redaccion")
    assert fijar_nombradas([item.pk], [ana.pk, beto.pk], ana, "Acuerdo 3") == 1
    assert fijar_nombradas([item.pk], [ana.pk, beto.pk], ana, "Otra vez") == 0
    avisos.clear()
    assert fijar_nombradas([item.pk], [beto.pk], ana, "Se separó") == 1
    assert avisos == [([item.pk], True)]
    suceso = sucesos_de(f"item:{item.clave}").last()
    assert (suceso.clase, suceso.motivo) == ("item.personas_nombradas", "Se separó")
    assert suceso.detalle == {"personas": [sorted([ana.pk, beto.pk]), [beto.pk]]}


@pytest.mark.parametrize(
    ("derechos", "resulta"),
    [
        ({}, "publico"),
        ({"menores": True}, "interno"),
        ({"menores": True, "consentimiento": "pendiente"}, "interno"),
        ({"menores": True, "consentimiento": "otorgado"}, "publico"),
        ({"consentimiento": "pendiente"}, "interno"),
        ({"derechos_hasta": timezone.localdate() - timedelta(days=1)}, "restringido_derechos"),
        ({"derechos_hasta": timezone.localdate()}, "publico"),
    ],
)
def test_los_derechos_ponen_techo_al_acceso(derechos, resulta):
    item = fabricas.publico(**derechos)
    assert item.acceso_efectivo == resulta
