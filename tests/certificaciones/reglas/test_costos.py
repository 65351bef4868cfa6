"""Los vectores de costos y la orden `costos`."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from certificaciones.reglas.puerta import (
    Cantidad,
    SinTarifa,
    Tabulador,
    Tarifa,
    cargar_reglas_de_muestra,
    hojas_de,
    presupuestar,
    redondear,
    tarifa_vigente,
)

DIA = date(2026, 11, 20)


@pytest.fixture
def lfd(db):
    cargar_reglas_de_muestra()
    return Tabulador.objects.get(clave="LFD-2025")


def calcular(*opciones):
    salida = StringIO()
    call_command("costos", "calcular", *opciones, stdout=salida)
    return salida.getvalue()


@pytest.mark.parametrize(
    ("hojas", "suma", "total"),
    [
        (1, "26.11", 26),
        (2, "52.22", 52),
        (20, "522.20", 522),
        (35, "913.85", 914),
        (50, "1305.50", 1305),
        (55, "1436.05", 1436),
    ],
)
def test_vectores_de_la_ley_federal_de_derechos(lfd, hojas, suma, total):
    costo = presupuestar([Cantidad("copia_certificada", hojas)], DIA, lfd)
    assert (costo.suma, costo.total) == (Decimal(suma), Decimal(total))


def test_el_redondeo_es_sobre_el_total_y_no_por_hoja(lfd):
    costo = presupuestar([Cantidad("copia_certificada", 1), Cantidad("compulsa", 1)], DIA, lfd)
    assert costo.suma == Decimal("41.45")
    assert costo.total == 41


@pytest.mark.parametrize(
    ("suma", "total"), [("10.00", "10"), ("10.01", "10"), ("10.50", "10"), ("10.51", "11"), ("10.99", "11"), ("0.51", "1")]
)
def test_de_uno_a_cincuenta_centavos_baja_y_de_cincuenta_y_uno_a_noventa_y_nueve_sube(suma, total):
    assert redondear(Decimal(suma), Tabulador.Redondeo.LFD_6) == Decimal(total)


@pytest.mark.parametrize(
    ("gratuidad", "hojas", "cobradas"),
    [("umbral", 20, 0), ("umbral", 21, 21), ("umbral", 35, 35), ("franquicia", 35, 15), ("franquicia", 20, 0), ("ninguna", 3, 3)],
)
def test_la_gratuidad_es_umbral_o_franquicia(gratuidad, hojas, cobradas):
    assert Tarifa(gratuidad=gratuidad, gratis=20).cobradas(hojas) == cobradas


def test_las_hojas_simples_gratuitas_no_necesitan_monto_y_las_que_pasan_si(lfd):
    assert presupuestar([Cantidad("copia_simple", 20)], DIA, lfd).total == 0
    with pytest.raises(SinTarifa, match="no tiene monto"):
        presupuestar([Cantidad("copia_simple", 21)], DIA, lfd)


@pytest.mark.parametrize(("concepto", "cantidad", "total"), [("otra_certificacion", 1, 143), ("copia_certificada", 1, 23)])
def test_una_tarifa_en_uma_se_multiplica_por_su_valor_del_dia(lfd, concepto, cantidad, total):
    municipal = Tabulador.objects.get(clave="MUNICIPAL")
    assert presupuestar([Cantidad(concepto, cantidad)], date(2024, 6, 1), municipal).total == total


def test_sin_monto_capturado_no_hay_primera_orden(lfd):
    cdmx = Tabulador.objects.get(clave="CDMX")
    with pytest.raises(SinTarifa, match=r"no tiene monto\. Quien administra debe capturarlo"):
        presupuestar([Cantidad("copia_certificada", 1)], DIA, cdmx)


def test_rige_la_tarifa_de_la_fecha(lfd):
    vieja = tarifa_vigente("copia_certificada", DIA, lfd)
    vieja.vigente_hasta = date(2026, 12, 31)
    vieja.save()
    nueva = {"unidad": "hoja", "monto": Decimal("27.50"), "vigente_desde": date(2027, 1, 1), "fundamento": "LFD"}
    Tarifa.objects.create(tabulador=lfd, concepto="copia_certificada", **nueva)
    assert tarifa_vigente("copia_certificada", DIA, lfd).monto == Decimal("26.11")
    assert tarifa_vigente("copia_certificada", date(2027, 1, 1), lfd).monto == Decimal("27.50")


def test_lo_que_se_entrega_por_ambos_lados_son_menos_hojas():
    assert [hojas_de(n, por_hoja_impresa=True) for n in (1, 2, 3, 55)] == [1, 1, 2, 28]
    assert hojas_de(55, por_hoja_impresa=False) == 55


def test_la_orden_da_el_total_y_sus_renglones(lfd):
    opciones = ("--tarifa", "LFD-2025", "--concepto", "copia_certificada", "--hojas", "55", "--fecha", "2026-11-20", "--json")
    hallado = json.loads(calcular(*opciones))
    assert (hallado["total"], hallado["suma"], hallado["valores_de_muestra"]) == (1436, 1436.05, True)
    assert hallado["renglones"][0]["unitario"] == 26.11
    assert hallado["renglones"][0]["explicacion"].startswith("55 × $26.11")


def test_la_orden_en_palabras_avisa_de_los_valores_de_muestra(lfd):
    dicho = calcular("--tarifa", "lfd-2025", "--concepto", "copia_certificada", "--hojas", "50", "--fecha", "2026-11-20")
    assert "total $1,305.00" in dicho
    assert "Valores de muestra" in dicho


@pytest.mark.parametrize(
    ("cambio", "dice"),
    [
        ({"--tarifa": "NADIE"}, "No hay un tabulador"),
        ({"--concepto": "nada"}, "No hay un concepto"),
        ({"--hojas": "0"}, "de 1 en adelante"),
        ({"--fecha": "ayer"}, "no es una fecha"),
        ({"--fecha": "1990-01-01"}, "que rija el 01/01/1990"),
    ],
)
def test_la_orden_dice_que_corregir_y_sale_con_dos(lfd, cambio, dice):
    buenas = {"--tarifa": "LFD-2025", "--concepto": "copia_certificada", "--hojas": "1", "--fecha": "2026-11-20"} | cambio
    with pytest.raises(CommandError, match=dice) as falla:
        calcular(*(parte for par in buenas.items() for parte in par))
    assert falla.value.returncode == 2
