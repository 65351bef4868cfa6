from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivo.catalogo.fechas import DESCONOCIDA, FechaIlegible, leer


@pytest.mark.parametrize(
    ("texto", "desde", "hasta", "precision"),
    [
        ("2026-11-22", date(2026, 11, 22), date(2026, 11, 22), "dia"),
        ("1987-02", date(1987, 2, 1), date(1987, 2, 28), "mes"),
        ("1987", date(1987, 1, 1), date(1987, 12, 31), "anio"),
        ("198X", date(1980, 1, 1), date(1989, 12, 31), "decada"),
        ("1980/1994", date(1980, 1, 1), date(1994, 12, 31), "intervalo"),
        ("1987~", date(1987, 1, 1), date(1987, 12, 31), "anio"),
        ("ca. 1987", date(1987, 1, 1), date(1987, 12, 31), "anio"),
    ],
)
def test_fechas_parciales(texto, desde, hasta, precision):
    fecha = leer(texto)
    assert (fecha.desde, fecha.hasta, fecha.precision) == (desde, hasta, precision)


def test_la_aproximada_conserva_su_texto():
    assert leer("ca. 1987").texto == "ca. 1987"
    assert leer("1987-02").texto == ""


def test_sin_fecha():
    assert leer(None) is DESCONOCIDA
    assert leer("  ").precision == "desconocida"


def test_con_hora_vale_el_dia_local():
    assert leer("2026-11-22T02:00:00+00:00").desde == date(2026, 11, 21)


@pytest.mark.parametrize("texto", ["31/02/1985", "2026-02-30", "ayer", "s/f", "12-1987", "' OR 1=1"])
def test_lo_ilegible_dice_como_escribirla(texto):
    with pytest.raises(FechaIlegible, match="Escríbala como"):
        leer(texto)


@given(st.text(max_size=30))
def test_cualquier_texto_da_fecha_o_frase(texto):
    try:
        fecha = leer(texto)
    except FechaIlegible:
        return
    assert fecha.desde is None or fecha.desde <= fecha.hasta


@given(st.dates(min_value=date(1000, 1, 1)))
def test_todo_dia_iso_se_lee_igual(dia):
    assert leer(dia.isoformat()).desde == dia


@pytest.mark.parametrize("texto", ["[" + "1987," * 2000 + "1988]", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-13:00"])
def test_lo_desmedido_es_ilegible_y_no_tarda(texto):
    with pytest.raises(FechaIlegible):
        leer(texto)
