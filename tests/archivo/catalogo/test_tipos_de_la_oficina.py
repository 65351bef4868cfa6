"""Las reglas de los demás tipos: E5 (síntesis), E7 (cuentas de fotografías), E8 (leyenda y depósito) y E22 (veda)."""

from datetime import date, timedelta

import pytest
import time_machine

from archivo.auditoria.puerta import sucesos_de
from archivo.catalogo.puerta import (
    CambioRechazado,
    Edicion,
    Item,
    PeriodoVeda,
    RelacionNueva,
    TransicionRechazada,
    aplicar_vedas,
    guardar,
    quitar_relacion,
    relacionar,
    tipo_de,
    transitar,
)
from archivo.catalogo.tipos.impreso import limite_de_deposito
from archivo.identidad.puerta import ANONIMO
from tests import fabricas

pytestmark = pytest.mark.django_db


def ejemplo(tipo, **cambios):
    return dict(tipo_de(tipo).ficha.ejemplo) | cambios


@pytest.mark.parametrize(
    "tipo", ["recorte", "audiovisual", "impreso", "evento", "campania", "sintesis", "documento", "boletin", "publicacion"]
)
def test_el_ejemplo_de_cada_tipo_pasa_sus_propias_reglas(tipo):
    form = tipo_de(tipo).ficha(ejemplo(tipo))
    assert form.is_valid(), form.errors
    assert tipo_de(tipo).ficha(form.como_json()).is_valid()


@pytest.mark.parametrize(
    ("tipo", "cambios", "campo"),
    [
        ("evento", {"fin": "2026-11-20T10:00"}, "fin"),
        ("evento", {"situacion": "no_cubierto"}, "motivo_situacion"),
        ("evento", {"situacion": "cubierto"}, "coberturas"),
        ("impreso", {"fecha_solicitud": "2026-11-02", "fecha_entrega": "2026-11-01"}, "fecha_entrega"),
        ("impreso", {"unidad": ""}, "unidad"),
        ("audiovisual", {"tomadas": 20, "seleccionadas": 180}, "seleccionadas"),
        ("audiovisual", {"reproducciones": 10}, "reproducciones_al"),
        ("audiovisual", {"clase": "spot_tv"}, "version"),
        ("campania", {"hasta": "2026-09-30"}, "hasta"),
        ("documento", {"emisor": ""}, "emisor"),
        ("publicacion", {"clase": "encuesta", "objetivo": "x", "poblacion_objetivo": "x", "muestra": "x"}, "metodologia"),
    ],
)
def test_lo_que_cada_ficha_no_admite(tipo, cambios, campo):
    assert list(tipo_de(tipo).ficha(ejemplo(tipo, **cambios)).errors) == [campo]


def test_un_documento_recibido_antes_de_su_fecha_se_senala():
    item = fabricas.elemento("documento", ficha=ejemplo("documento", fecha_recepcion="2026-05-01"))
    assert "recepcion_anterior" in item.pendientes


def test_un_cartel_de_programa_con_subsidio_no_se_autoriza_sin_su_leyenda():
    disenadora, titular = fabricas.persona("diseno"), fabricas.persona("titular")
    campania = fabricas.elemento("campania", ficha=ejemplo("campania", otorga_subsidio=True), estado="publicado")
    cartel = fabricas.elemento("impreso", actor=disenadora, ficha=ejemplo("impreso"), acceso="interno")
    relacionar(cartel, RelacionNueva(campania, "de_campania"), disenadora)
    transitar(cartel, "enviar_a_revision", disenadora)
    with pytest.raises(TransicionRechazada, match="leyenda de programa social"):
        transitar(cartel, "autorizar", titular)
    cartel.ficha = ejemplo("impreso", leyenda_programa_social=True)
    cartel.save()
    assert transitar(cartel, "autorizar", titular).estado == "autorizado"


def test_el_deposito_legal_vence_a_los_noventa_dias_naturales():
    cartel = fabricas.elemento("impreso", ficha=ejemplo("impreso", deposito_obligado=True, fecha_entrega="2026-11-20"))
    assert limite_de_deposito(cartel) == date(2027, 2, 18)
    assert "deposito" in cartel.pendientes


@pytest.fixture
def sintesis():
    ficha = ejemplo("sintesis")
    return fabricas.elemento("sintesis", ficha=ficha, dia=date(2026, 11, 20), titulo="Síntesis matutina")


def test_no_hay_dos_sintesis_de_la_misma_clase_dia_y_edicion(sintesis):
    with pytest.raises(CambioRechazado, match="Ya existe"):
        fabricas.elemento("sintesis", ficha=ejemplo("sintesis"), dia=date(2026, 11, 20))
    otra = fabricas.elemento("sintesis", ficha=ejemplo("sintesis", edicion=2), dia=date(2026, 11, 20))
    assert otra.identidad == "sintesis:2026-11-20:matutina:2"


def test_la_misma_nota_una_vez_por_seccion_y_autorizada_ya_no_cambia(sintesis):
    titular = fabricas.persona("titular")
    nota = fabricas.elemento("recorte", resumen="Lo que dijo la nota.", estado="publicado")
    for seccion in ("ocho_columnas", "ocho_columnas", "institucional"):
        relacionar(sintesis, RelacionNueva(nota, "incluye", grupo=seccion), None)
    assert sintesis.relaciones.count() == 2
    with pytest.raises(CambioRechazado, match="Elija la sección"):
        relacionar(sintesis, RelacionNueva(nota, "incluye", grupo="horoscopos"), None)
    transitar(sintesis, "enviar_a_revision", titular)
    transitar(sintesis, "autorizar", titular)
    with pytest.raises(CambioRechazado, match="edición nueva"):
        relacionar(sintesis, RelacionNueva(nota, "incluye", grupo="cartones"), None)
    with pytest.raises(CambioRechazado, match="edición nueva"):
        quitar_relacion(sintesis, sintesis.relaciones.first(), None)
    sintesis.titulo = "Otro título"
    with pytest.raises(CambioRechazado, match="edición nueva"):
        guardar(sintesis, Edicion(actor=None))


def test_un_dia_sin_menciones_tambien_se_publica(sintesis):
    titular = fabricas.persona("titular")
    transitar(sintesis, "enviar_a_revision", titular)
    with pytest.raises(TransicionRechazada, match="no tiene notas"):
        transitar(sintesis, "autorizar", titular)
    sintesis.ficha = ejemplo("sintesis", sin_menciones=True)
    sintesis.save()
    transitar(sintesis, "autorizar", titular)
    assert transitar(sintesis, "publicar", titular).estado == "publicado"


@pytest.fixture
def materiales():
    """Una campaña corriente con su cartel, otra de salud con el suyo, y un boletín de la corriente."""
    corriente = fabricas.elemento("campania", ficha=ejemplo("campania"), estado="publicado")
    salud = fabricas.elemento("campania", ficha=ejemplo("campania", excepcion_veda="salud"), estado="publicado")
    hechos = {"corriente": corriente, "salud": salud}
    for nombre, tipo, de in (("cartel", "impreso", corriente), ("vacunas", "impreso", salud), ("boletin", "boletin", corriente)):
        hechos[nombre] = fabricas.elemento(tipo, ficha=ejemplo(tipo), estado="publicado")
        relacionar(hechos[nombre], RelacionNueva(de, "de_campania"), None)
    return hechos


def a_la_vista(materiales):
    visibles = set(Item.objects.visibles_para(ANONIMO).values_list("pk", flat=True))
    return {nombre for nombre, item in materiales.items() if item.pk in visibles}


def test_en_veda_el_material_de_campanas_se_retira_y_despues_vuelve(materiales):
    hoy = date(2026, 11, 22)
    PeriodoVeda.objects.create(nombre="Elección local", desde=hoy + timedelta(days=1), hasta=hoy + timedelta(days=3))
    with time_machine.travel("2026-11-22T18:00:00Z", tick=False):
        assert aplicar_vedas() == 0 and a_la_vista(materiales) == set(materiales)
    with time_machine.travel("2026-11-23T18:00:00Z", tick=False):
        assert aplicar_vedas() == 2
        assert a_la_vista(materiales) == {"salud", "vacunas", "boletin"}
        assert aplicar_vedas() == 0
        nuevo = fabricas.elemento("impreso", ficha=ejemplo("impreso"), estado="publicado")
        relacionar(nuevo, RelacionNueva(materiales["corriente"], "de_campania"), None)
        assert a_la_vista({"nuevo": nuevo}) == set()
    with time_machine.travel("2026-11-26T18:00:00Z", tick=False):
        assert aplicar_vedas() == 3
        assert a_la_vista(materiales) == set(materiales)
    clases = [s.clase for s in sucesos_de(f"veda:{PeriodoVeda.objects.get().pk}")]
    assert clases == ["veda.empieza", "veda.termina"]
