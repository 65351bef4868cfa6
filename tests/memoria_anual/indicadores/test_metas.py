"""Metas por trimestre: porcentaje, semáforo con fecha, justificación y reprogramación con motivo."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from archivo.identidad.puerta import PermisoNegado
from memoria_anual.indicadores.metas import Avance, color, porcentaje_de
from memoria_anual.indicadores.puerta import MetaRechazada, MetaTrimestral, UmbralDeSemaforo, avances, justificar, programar
from tests.fabricas import boletin, persona

pytestmark = pytest.mark.django_db


def _trimestre(n: int, clave: str = "BOL") -> Avance:
    return next(a for a in avances(2025) if a.indicador.clave == clave).trimestres[n - 1]


def _boletines(cuantos: int, mes: int) -> None:
    for n in range(cuantos):
        boletin(estado="publicado", dia=date(2025, mes, n + 1))


@pytest.mark.parametrize(
    ("logrado", "programado", "porcentaje"),
    [(9, 10, 90), (1, 3, "33.33"), (5, 0, None), (0, 0, None), (None, 4, None), (3, None, None), (0, 5, 0)],
)
def test_programado_cero_o_sin_dato_es_n_a(logrado: int | None, programado: int | None, porcentaje: object) -> None:
    dicho = porcentaje_de(*(None if n is None else Decimal(n) for n in (logrado, programado)))
    assert dicho == (None if porcentaje is None else Decimal(porcentaje))


@pytest.mark.parametrize(
    ("porcentaje", "de_color"), [("90", "verde"), ("89.99", "amarillo"), ("69.99", "rojo"), (None, "sin_meta")]
)
def test_el_semaforo_lee_sus_umbrales(porcentaje: str | None, de_color: str) -> None:
    assert color(Decimal(porcentaje) if porcentaje else None, UmbralDeSemaforo()) == de_color


@time_machine.travel("2026-02-01 12:00:00-06:00")
def test_fuera_de_90_a_110_pide_justificacion() -> None:
    _boletines(8, 1)
    _boletines(10, 4)
    _boletines(12, 7)
    for trimestre in (1, 2, 3, 4):
        programar("BOL", (2025, trimestre), Decimal(0 if trimestre == 4 else 10), None)
    assert [_trimestre(n).pide_justificacion for n in (1, 2, 3, 4)] == [True, False, True, False]
    assert _trimestre(4).porcentaje is None and _trimestre(4).semaforo == "sin_meta"
    justificar("BOL", (2025, 1), "Hubo veda electoral.", persona("redaccion"))
    assert not _trimestre(1).falta_justificar and _trimestre(3).falta_justificar
    anual = avances(2025)[0].anual
    assert (anual.programado, anual.logrado, anual.porcentaje) == (30, 30, 100)


@time_machine.travel("2025-05-10 12:00:00-06:00")
def test_el_trimestre_en_curso_no_se_justifica_y_el_que_no_empieza_no_se_mide() -> None:
    for trimestre in (2, 3):
        programar("BOL", (2025, trimestre), Decimal(10), None)
    assert (_trimestre(2).semaforo, _trimestre(2).pide_justificacion) == ("rojo", False)
    assert (_trimestre(3).semaforo, _trimestre(3).logrado) == ("sin_empezar", None)


@time_machine.travel("2026-02-01 12:00:00-06:00")
def test_un_umbral_vale_desde_su_dia() -> None:
    _boletines(8, 1)
    programar("BOL", (2025, 1), Decimal(10), None)
    UmbralDeSemaforo.objects.create(desde=date(2026, 1, 1), verde=50, amarillo=20)
    assert _trimestre(1).semaforo == "amarillo"
    UmbralDeSemaforo.objects.create(desde=date(2025, 7, 1), verde=80, amarillo=50, justifica_bajo=80, fundamento="POA 2025")
    assert (_trimestre(1).semaforo, _trimestre(1).pide_justificacion) == ("verde", False)


def test_reprogramar_pide_motivo_y_conserva_lo_anterior() -> None:
    programar("BOL", (2025, 1), Decimal(10), None)
    with pytest.raises(MetaRechazada, match="Ya había una meta de 10"):
        programar("BOL", (2025, 1), Decimal(12), None)
    programar("BOL", (2025, 1), Decimal(12), None, "Se amplió el programa")
    assert [m.programado for m in MetaTrimestral.objects.order_by("id")] == [10, 12]
    assert _trimestre(1).programado == 12


def test_una_meta_de_existencia_no_se_suma_en_el_anio() -> None:
    for trimestre, meta in ((1, 3), (2, 4)):
        programar("CAM", (2025, trimestre), Decimal(meta), None)
    assert avances(2025)[0].anual.programado == 4


def test_solo_programa_quien_integra_la_memoria() -> None:
    with pytest.raises(PermisoNegado):
        programar("BOL", (2025, 1), Decimal(1), persona("monitoreo"))
    with pytest.raises(MetaRechazada, match="no tiene meta"):
        justificar("BOL", (2025, 1), "Porque sí", persona("titular"))
    with pytest.raises(MetaRechazada, match="del 1 al 4"):
        programar("BOL", (2025, 5), Decimal(1), persona("titular"))
