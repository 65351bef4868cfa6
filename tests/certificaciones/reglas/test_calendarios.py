"""Los plazos en días hábiles: los vectores de la ley, los acuerdos publicados después y los calendarios propios."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from certificaciones.reglas.puerta import Calendario, DescansoAnual, DiaInhabil, cargar_reglas_de_muestra, dias_habiles_de


@pytest.fixture
def cuenta(db):
    """`cuenta("LFT-74", inicio, dias)`, con los calendarios de muestra."""
    cargar_reglas_de_muestra()
    return lambda clave, inicio, dias: dias_habiles_de(Calendario.objects.get(clave=clave)).sumar(inicio, dias)


@pytest.mark.parametrize(
    ("recibida", "vencimientos"),
    [
        (date(2026, 3, 2), ["03-05", "03-09", "03-13", "03-25", "03-31", "04-14"]),
        (date(2026, 4, 27), ["04-30", "05-05", "05-11", "05-20", "05-26", "06-09"]),
        (date(2026, 9, 7), ["09-10", "09-14", "09-21", "09-30", "10-06", "10-20"]),
        (date(2026, 11, 9), ["11-12", "11-17", "11-23", "12-02", "12-08", "12-22"]),
    ],
)
def test_los_vectores_con_los_descansos_de_la_ley_del_trabajo(cuenta, recibida, vencimientos):
    assert [f"{cuenta('LFT-74', recibida, n):%m-%d}" for n in (3, 5, 9, 16, 20, 30)] == vencimientos


@pytest.mark.parametrize(
    ("recibida", "dias", "vence"),
    [
        (date(2026, 4, 27), 5, date(2026, 5, 6)),
        (date(2026, 4, 27), 9, date(2026, 5, 12)),
        (date(2026, 4, 27), 20, date(2026, 5, 27)),
        (date(2026, 3, 2), 20, date(2026, 3, 30)),
        (date(2026, 11, 9), 5, date(2026, 11, 16)),
    ],
)
def test_los_mismos_con_la_ley_de_procedimiento_dan_otro_dia(cuenta, recibida, dias, vence):
    assert cuenta("LFPA-28", recibida, dias) == vence


@pytest.mark.parametrize(
    ("desde", "hasta", "recibida", "dias", "vence"),
    [
        (date(2026, 3, 30), date(2026, 4, 3), date(2026, 3, 2), 30, date(2026, 4, 21)),
        (date(2026, 3, 23), date(2026, 3, 27), date(2026, 3, 2), 20, date(2026, 4, 7)),
        (date(2026, 3, 23), date(2026, 3, 27), date(2026, 3, 2), 9, date(2026, 3, 13)),
        (date(2026, 12, 21), date(2027, 1, 6), date(2026, 12, 1), 30, date(2027, 1, 29)),
    ],
)
def test_un_acuerdo_publicado_corre_los_plazos_que_alcanza(cuenta, desde, hasta, recibida, dias, vence):
    calendario = Calendario.objects.get(clave="LFT-74")
    DiaInhabil.objects.create(calendario=calendario, desde=desde, hasta=hasta, motivo="Suspensión", publicacion="Gaceta 12")
    assert cuenta("LFT-74", recibida, dias) == vence


def test_lo_de_cada_seis_anios_solo_toca_ese_anio(cuenta):
    habiles = dias_habiles_de(Calendario.objects.get(clave="LFT-74"))
    assert [habiles.cuenta(date(anio, 10, 1)) for anio in (2024, 2025, 2030)] == [False, True, False]


def test_un_descanso_derogado_vuelve_a_contar(cuenta):
    DescansoAnual.objects.filter(calendario__clave="LFT-74", mes=5).update(vigente_hasta=date(2025, 12, 31))
    habiles = dias_habiles_de(Calendario.objects.get(clave="LFT-74"))
    assert [habiles.cuenta(date(2025, 5, 1)), habiles.cuenta(date(2026, 5, 1))] == [False, True]


def test_se_resta_hacia_atras_sin_contar_lo_inhabil(cuenta):
    habiles = dias_habiles_de(Calendario.objects.get(clave="LFT-74"))
    assert habiles.restar(date(2026, 11, 18), 2) == date(2026, 11, 13)


def test_un_descanso_es_de_fecha_fija_o_de_semana(cuenta):
    calendario = Calendario.objects.first()
    for mal in ({}, {"dia": 1, "cual": 1, "dia_de_semana": 1}, {"cual": 1}, {"dia": 3, "cual": 2}):
        with pytest.raises(ValidationError, match="no las dos cosas"):
            DescansoAnual(calendario=calendario, motivo="x", mes=2, vigente_desde=date(2026, 1, 1), **mal).full_clean()


def test_un_calendario_sin_dias_habiles_lo_dice(cuenta):
    calendario = Calendario.objects.get(clave="LFT-74")
    DiaInhabil.objects.create(calendario=calendario, desde=date(2026, 1, 1), hasta=date(2036, 1, 1), motivo="Error")
    with pytest.raises(ValueError, match="revise sus días inhábiles"):
        cuenta("LFT-74", date(2026, 2, 1), 3)
