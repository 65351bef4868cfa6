"""El ciclo editorial de punta a punta: escenarios E1 a E3."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.models import Item, Relacion
from archivo.catalogo.puerta import (
    CambioRechazado,
    Edicion,
    TransicionRechazada,
    guardar,
    pasos_posibles,
    publicar_programados,
    serie_de,
    transitar,
)
from archivo.identidad.puerta import lector_de
from tests import fabricas

pytestmark = pytest.mark.django_db
MEXICO = ZoneInfo("America/Mexico_City")


@pytest.fixture
def redactora(db):
    return fabricas.persona("redaccion")


@pytest.fixture
def titular(db):
    return fabricas.persona("titular")


def _autorizado(redactora, titular, **campos):
    item = fabricas.boletin(actor=redactora, texto="Cuerpo del boletín.", **campos)
    transitar(item, "enviar_a_revision", redactora)
    return transitar(item, "autorizar", titular)


def _acciones(item):
    return [s.clase.removeprefix("item.") for s in sucesos_de(f"item:{item.clave}") if s.resultado == "hecho"]


def test_e1_boletin_con_embargo(redactora, titular):
    fabricas.boletin(estado="publicado", numero=122, anio_numero=2026)
    embargo = datetime(2026, 11, 24, 7, 0, tzinfo=MEXICO)
    with time_machine.travel(datetime(2026, 11, 23, 18, 0, tzinfo=MEXICO), tick=False):
        item = fabricas.boletin(actor=redactora, titulo="Arranca jornada de salud", embargo_hasta=embargo, texto="Cuerpo.")
        transitar(item, "enviar_a_revision", redactora)
        with pytest.raises(TransicionRechazada):
            transitar(item, "autorizar", redactora)
        transitar(item, "autorizar", titular)
        assert (item.folio, item.estado) == ("No. 123/2026", "programado")
        assert not Item.objects.publicos().filter(pk=item.pk).exists()
    with time_machine.travel(embargo + timedelta(seconds=1), tick=False):
        assert Item.objects.publicos().filter(pk=item.pk).exists()
        assert publicar_programados() == 1
        assert publicar_programados() == 0
    item.refresh_from_db()
    assert item.estado == "publicado"
    assert _acciones(item) == ["creado", "enviar_a_revision", "autorizar", "programar", "publicar"]


def test_el_rechazo_queda_en_la_bitacora(redactora):
    item = fabricas.boletin(actor=redactora)
    transitar(item, "enviar_a_revision", redactora)
    with pytest.raises(TransicionRechazada, match="corresponde a Titular"):
        transitar(item, "autorizar", redactora)
    rechazo = sucesos_de(f"item:{item.clave}").filter(resultado="rechazado").get()
    assert rechazo.clase == "item.autorizar"
    assert rechazo.actor == redactora


def test_quien_redacta_no_autoriza_aunque_sea_titular():
    ambas = fabricas.persona("redaccion", "titular")
    item = fabricas.boletin(actor=ambas)
    transitar(item, "enviar_a_revision", ambas)
    with pytest.raises(TransicionRechazada, match="no puede autorizarlo"):
        transitar(item, "autorizar", ambas)
    assert [t.accion for t in pasos_posibles(item, lector_de(ambas))] == ["devolver", "cancelar"]


def test_e2_el_numero_cancelado_no_se_reutiliza(redactora, titular):
    primero = _autorizado(redactora, titular)
    cancelado = _autorizado(redactora, titular)
    with pytest.raises(TransicionRechazada, match="motivo"):
        transitar(cancelado, "cancelar", titular)
    transitar(cancelado, "cancelar", titular, "Se adelantó el acto")
    tercero = _autorizado(redactora, titular)
    assert [i.numero for i in (primero, cancelado, tercero)] == [1, 2, 3]
    assert (cancelado.estado, cancelado.folio) == ("cancelado", "No. 002/2026")
    transitar(tercero, "publicar", redactora)
    with pytest.raises(TransicionRechazada, match="no admite"):
        transitar(tercero, "cancelar", titular, "Ya no")


def test_e3_la_fe_de_erratas_no_toca_el_original(redactora, titular):
    original = transitar(_autorizado(redactora, titular), "publicar", titular)
    with pytest.raises(CambioRechazado, match="fe de erratas"):
        guardar(original, Edicion(actor=redactora, cuerpo_html="<p>Otro texto</p>"))
    fe = fabricas.boletin(actor=redactora, titulo="Fe de erratas")
    Relacion.objects.create(
        origen=fe, destino=original, clase="fe_de_erratas_de", correcciones=[{"donde": "cuerpo", "dice": "a", "debe": "b"}]
    )
    assert original.relaciones_inversas.get().origen.pk == fe.pk
    assert original.paginas.get().texto == "Cuerpo del boletín."


def test_ni_el_texto_llano_ni_la_serie_de_un_folio_se_cambian(redactora, titular):
    original = transitar(_autorizado(redactora, titular), "publicar", titular)
    guardar(original, Edicion(actor=redactora, texto="Cuerpo del boletín."))
    with pytest.raises(CambioRechazado, match="fe de erratas"):
        guardar(original, Edicion(actor=redactora, texto="Otro texto"))
    original.serie = serie_de("comunicado")
    with pytest.raises(CambioRechazado, match="emita otro"):
        guardar(original, Edicion(actor=redactora))


def test_adelantar_lo_programado_es_de_quien_publica(redactora, titular):
    embargo = timezone.now() + timedelta(days=2)
    item = _autorizado(redactora, titular, embargo_hasta=embargo)
    item.embargo_hasta = embargo - timedelta(days=1)
    with pytest.raises(CambioRechazado, match="puede publicar"):
        guardar(item, Edicion(actor=fabricas.persona("archivo_tramite")))
    guardar(item, Edicion(actor=redactora))
    assert Item.objects.get(pk=item.pk).embargo_hasta == item.embargo_hasta


def test_lo_que_no_tiene_area_no_lo_autoriza_el_titular_de_una(redactora):
    item = fabricas.boletin(actor=redactora)
    transitar(item, "enviar_a_revision", redactora)
    with pytest.raises(TransicionRechazada, match="corresponde a Titular"):
        transitar(item, "autorizar", fabricas.persona("titular", en=fabricas.area()))


def test_retirar_y_reponer(redactora, titular):
    item = transitar(_autorizado(redactora, titular), "publicar", titular)
    transitar(item, "retirar", titular, "Queja de imagen")
    assert not Item.objects.publicos().exists()
    transitar(item, "reponer", titular, "Se aclaró")
    assert Item.objects.publicos().get().pk == item.pk


def test_no_se_publica_antes_del_embargo(redactora, titular):
    item = _autorizado(redactora, titular, embargo_hasta=timezone.now() + timedelta(days=1))
    assert [t.accion for t in pasos_posibles(item, lector_de(titular))] == ["cancelar"]
    with pytest.raises(TransicionRechazada, match="embargo"):
        transitar(item, "publicar", titular)


def test_dos_pasos_a_la_vez_sobre_un_dato_viejo(redactora, titular):
    item = fabricas.boletin(actor=redactora)
    vieja = Item.objects.get(pk=item.pk)
    transitar(item, "enviar_a_revision", redactora)
    with pytest.raises(TransicionRechazada, match="no admite"):
        transitar(vieja, "enviar_a_revision", redactora)


def test_quien_reescribio_el_texto_tampoco_lo_autoriza(redactora, titular):
    item = fabricas.boletin(actor=redactora, texto="Original.")
    transitar(item, "enviar_a_revision", redactora)
    guardar(item, Edicion(actor=titular, texto="Reescrito de punta a punta."))
    with pytest.raises(TransicionRechazada, match="no puede autorizarlo"):
        transitar(item, "autorizar", titular)
    assert transitar(item, "autorizar", fabricas.persona("titular")).estado == "autorizado"


def test_un_embargo_que_no_procede_no_detiene_a_los_demas(redactora, titular, monkeypatch):
    pronto = timezone.now() + timedelta(hours=1)
    malo, bueno = (_autorizado(redactora, titular, embargo_hasta=pronto) for _ in range(2))
    negar = lambda item, paso, actor: "No." if item.pk == malo.pk and paso.accion == "publicar" else ""  # noqa: E731
    monkeypatch.setattr("archivo.catalogo.servicios.ciclo._guardias", [negar])
    antes = sucesos_de(f"item:{malo.clave}").count()
    with time_machine.travel(pronto + timedelta(minutes=1)):
        assert publicar_programados() == 1
        assert publicar_programados() == 0
    bueno.refresh_from_db()
    assert bueno.estado == "publicado"
    assert sucesos_de(f"item:{malo.clave}").count() == antes
