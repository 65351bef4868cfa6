"""Cantidades y fechas con letra, contra una tabla aparte."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificaciones.reglas.puerta import (
    fecha_breve_en_letra,
    fecha_en_letra,
    fojas_en_letra,
    fojas_utiles,
    numero_en_letra,
)

UNIDADES = [
    "una",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuna",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
DECENAS = ("treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
CENTENAS = (
    "ciento", "doscientas", "trescientas", "cuatrocientas", "quinientas", "seiscientas", "setecientas", "ochocientas", "novecientas",
)  # fmt: skip
MILES = ("mil", "dos mil", "tres mil", "cuatro mil", "cinco mil", "seis mil", "siete mil", "ocho mil", "nueve mil")


def de_la_tabla(n):
    """El número en femenino, armado con una tabla escrita a mano y sin la biblioteca."""
    miles, resto = divmod(n, 1000)
    centenas, menor = divmod(resto, 100)
    partes = [MILES[miles - 1]] if miles else []
    if resto == 100:
        return " ".join([*partes, "cien"])
    if centenas:
        partes.append(CENTENAS[centenas - 1])
    if 0 < menor < 30:
        partes.append(UNIDADES[menor - 1])
    elif menor:
        decena, unidad = divmod(menor, 10)
        partes.append(DECENAS[decena - 3] + (f" y {UNIDADES[unidad - 1]}" if unidad else ""))
    return " ".join(partes)


def test_todas_las_cantidades_hasta_9999_coinciden_con_la_tabla():
    distintas = [(n, fojas_en_letra(n), de_la_tabla(n)) for n in range(1, 10_000) if fojas_en_letra(n) != de_la_tabla(n)]
    assert not distintas


@pytest.mark.parametrize(
    ("n", "letra"),
    [
        (1, "una"),
        (21, "veintiuna"),
        (31, "treinta y una"),
        (55, "cincuenta y cinco"),
        (98, "noventa y ocho"),
        (100, "cien"),
        (101, "ciento una"),
        (131, "ciento treinta y una"),
        (200, "doscientas"),
        (500, "quinientas"),
        (1_000, "mil"),
        (1_001, "mil una"),
        (21_000, "veintiuna mil"),
        (100_000, "cien mil"),
        (201_001, "doscientas una mil una"),
    ],
)
def test_vectores_de_fojas(n, letra):
    assert fojas_en_letra(n) == letra


def test_las_fojas_concuerdan_en_numero():
    assert (fojas_utiles(1), fojas_utiles(55)) == ("una (1) foja útil", "cincuenta y cinco (55) fojas útiles")


@pytest.mark.parametrize("n", [0, -1, 1_000_000])
def test_lo_que_no_se_puede_contar_se_rechaza(n):
    with pytest.raises(ValueError, match="de 1 a 999,999"):
        fojas_en_letra(n)


@pytest.mark.parametrize(
    ("dia", "larga", "breve"),
    [
        (
            date(2026, 11, 22),
            "a los veintidós días del mes de noviembre de dos mil veintiséis",
            "a veintidós de noviembre de dos mil veintiséis",
        ),
        (
            date(2024, 11, 19),
            "a los diecinueve días del mes de noviembre de dos mil veinticuatro",
            "a diecinueve de noviembre de dos mil veinticuatro",
        ),
        (date(2027, 1, 1), "al primer día del mes de enero de dos mil veintisiete", "a primero de enero de dos mil veintisiete"),
        (
            date(2021, 3, 21),
            "a los veintiún días del mes de marzo de dos mil veintiuno",
            "a veintiuno de marzo de dos mil veintiuno",
        ),
        (date(2031, 5, 31), "a los treinta y un días del mes de mayo de dos mil treinta y uno", None),
    ],
)
def test_vectores_de_fechas(dia, larga, breve):
    assert fecha_en_letra(dia) == larga
    assert breve is None or fecha_breve_en_letra(dia) == breve


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2999, 12, 31)))
def test_una_fecha_nunca_lleva_cifras_y_dice_su_anio(dia):
    escrita = fecha_en_letra(dia)
    assert not any(c.isdigit() for c in escrita)
    assert escrita.endswith(numero_en_letra(dia.year))
