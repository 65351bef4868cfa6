"""Lo que la base exige de las reglas con fecha, en SQLite y en PostgreSQL, y que cada día rija la suya."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from certificaciones.reglas.puerta import (
    Calendario,
    Cantidad,
    DescansoAnual,
    DiaInhabil,
    Tabulador,
    Tarifa,
    cargar_reglas_de_muestra,
    dias_habiles_de,
    presupuestar,
)

pytestmark = pytest.mark.usefixtures("cada_base")


@pytest.fixture
def tabulador(cada_base):
    cargar_reglas_de_muestra()
    return Tabulador.objects.get(clave="LFD-2025")


def negada(modelo, **campos):
    """¿Impide la base esa fila?"""
    try:
        with transaction.atomic():
            modelo.objects.create(**campos)
    except IntegrityError:
        return True
    return False


def test_cada_dia_rige_su_tarifa_y_la_nueva_no_toca_la_vieja(tabulador):
    tabulador.tarifas.filter(concepto="copia_certificada").update(vigente_hasta=date(2026, 6, 30))
    Tarifa.objects.create(
        tabulador=tabulador, concepto="copia_certificada", monto=Decimal("30.00"), vigente_desde=date(2026, 7, 1), fundamento="x"
    )
    pedido = [Cantidad("copia_certificada", 2)]
    sumas = [presupuestar(pedido, dia, tabulador).suma for dia in (date(2026, 6, 30), date(2026, 7, 1))]
    assert sumas == [Decimal("52.22"), Decimal("60.00")]


def test_la_base_niega_tarifas_repetidas_al_reves_o_con_dos_precios(tabulador):
    comun = {"tabulador": tabulador, "concepto": "copia_certificada", "fundamento": "x"}
    casos = {
        "repetida": {"vigente_desde": date(2025, 1, 1), "monto": 1},
        "al revés": {"vigente_desde": date(2026, 2, 1), "vigente_hasta": date(2026, 1, 1)},
        "con dos precios": {"vigente_desde": date(2026, 3, 1), "monto": 1, "factor_uma": 1},
        "negativa": {"vigente_desde": date(2026, 4, 1), "monto": -1},
    }
    assert [c for c, campos in casos.items() if not negada(Tarifa, **comun | campos)] == []


def test_la_base_niega_descansos_sin_dia_y_acuerdos_al_reves(tabulador):
    comun = {"calendario": Calendario.objects.get(clave="LFT-74"), "motivo": "x"}
    assert negada(DescansoAnual, **comun, mes=1, vigente_desde=date(2026, 1, 1))
    assert negada(DescansoAnual, **comun, mes=1, dia=1, cual=1, dia_de_semana=1, vigente_desde=date(2026, 1, 1))
    assert negada(DiaInhabil, **comun, desde=date(2026, 2, 2), hasta=date(2026, 2, 1))


def test_los_plazos_se_cuentan_igual(tabulador):
    habiles = dias_habiles_de(Calendario.objects.get(clave="LFT-74"))
    assert [habiles.sumar(date(2026, 11, 9), n) for n in (5, 30)] == [date(2026, 11, 17), date(2026, 12, 22)]
