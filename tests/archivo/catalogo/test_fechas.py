from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivo.catalogo.fechas import DESCONOCIDA, FechaIlegible, FechaParcial, leer


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


@pytest.mark.parametrize("texto", [None, "", "s/f", "S. F.", "sin fecha"])
def test_sin_fecha(texto):
    assert leer(texto) is DESCONOCIDA


def test_sin_fecha_es_desconocida():
    assert leer("  ").precision == "desconocida"


def test_con_hora_vale_el_dia_local():
    assert leer("2026-11-22T02:00:00+00:00").desde == date(2026, 11, 21)


@pytest.mark.parametrize(
    "texto", ["31/02/1985", "2026-02-30", "ayer", "1990/1985", "siglo XXX", "1987-13", "12-1987", "' OR 1=1"]
)
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


@pytest.mark.parametrize(
    ("texto", "desde", "hasta", "frase"),
    [
        ("1987%", date(1987, 1, 1), date(1987, 12, 31), "posiblemente hacia 1987"),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31), "entre 1900 y 1999"),
        ("1987-21", date(1987, 3, 1), date(1987, 5, 31), "primavera de 1987"),
        ("1987-24", date(1987, 12, 1), date(1988, 2, 29), "invierno de 1987"),
        ("1987-34", date(1987, 4, 1), date(1987, 6, 30), "segundo trimestre de 1987"),
        ("1985/..", date(1985, 1, 1), date.max, "desde 1985"),
        ("../1990", date.min, date(1990, 12, 31), "hasta 1990"),
        ("1984~/1988?", date(1984, 1, 1), date(1988, 12, 31), "de hacia 1984 a posiblemente 1988"),
        ("[1667,1668,1670..1672]", date(1667, 1, 1), date(1672, 12, 31), "1667, 1668 o 1670 a 1672"),
        ("{1667,1668}", date(1667, 1, 1), date(1668, 12, 31), "1667 y 1668"),
        ("entre 1985 y 1990", date(1985, 1, 1), date(1990, 12, 31), "entre 1985 y 1990"),
        ("1985–1990", date(1985, 1, 1), date(1990, 12, 31), "de 1985 a 1990"),
        ("s. XIX", date(1801, 1, 1), date(1900, 12, 31), "siglo XIX"),
        ("finales del siglo XIX", date(1871, 1, 1), date(1900, 12, 31), "finales del siglo XIX"),
        ("años 80", date(1980, 1, 1), date(1989, 12, 31), "década de 1980"),
        ("[198-]", date(1980, 1, 1), date(1989, 12, 31), "década de 1980"),
        ("[ca. 1987]", date(1987, 1, 1), date(1987, 12, 31), "hacia 1987"),
        ("antes de 1990", date.min, date(1989, 12, 31), "antes de 1990"),
        ("después de marzo de 1985", date(1985, 4, 1), date.max, "después de marzo de 1985"),
        ("1o de mayo de 1990", date(1990, 5, 1), date(1990, 5, 1), "1 de mayo de 1990"),
        ("22/11/2026", date(2026, 11, 22), date(2026, 11, 22), "22 de noviembre de 2026"),
    ],
)
def test_lo_incierto_es_un_intervalo_y_se_dice(texto, desde, hasta, frase):
    fecha = leer(texto)
    assert (fecha.desde, fecha.hasta, fecha.frase, fecha.texto) == (desde, hasta, frase, texto)


def test_el_invierno_que_cruza_el_anio_no_es_de_un_anio():
    assert leer("1987-24").precision == "intervalo"


_ANIOS = st.integers(min_value=1, max_value=9999)


@given(_ANIOS, _ANIOS, st.sampled_from(["{}/{}", "entre {} y {}", "de {} a {}", "{}-{}", "{} a {}"]))
def test_todo_intervalo_va_del_menor_al_mayor_o_no_se_entiende(uno, otro, forma):
    texto = forma.format(f"{uno:04}", f"{otro:04}")
    if uno > otro:
        with pytest.raises(FechaIlegible):
            leer(texto)
    else:
        fecha = leer(texto)
        assert (fecha.desde, fecha.hasta) == (date(uno, 1, 1), date(otro, 12, 31))


@given(_ANIOS, st.sampled_from(["{}~", "{}?", "{}%", "ca. {}", "hacia {}", "circa {}", "¿{}?", "posiblemente {}"]))
def test_lo_aproximado_abarca_su_anio_y_lo_dice(anio, forma):
    fecha = leer(forma.format(f"{anio:04}"))
    assert (fecha.desde, fecha.hasta) == (date(anio, 1, 1), date(anio, 12, 31))
    assert str(anio) in fecha.frase
    assert fecha.frase.split()[0] in {"hacia", "posiblemente"}


@given(st.dates(min_value=date(1, 1, 1)), st.dates(min_value=date(1, 1, 1)))
def test_un_intervalo_sin_texto_tambien_se_dice(uno, otro):
    frase = FechaParcial(min(uno, otro), max(uno, otro)).frase
    assert frase
    assert "None" not in frase


@given(st.text(alphabet="0123456789-/X~?%.[]{}, ", max_size=40))
def test_la_sopa_de_edtf_nunca_rompe(texto):
    try:
        fecha = leer(texto)
    except FechaIlegible as error:
        assert "Escríbala como" in str(error)
    else:
        assert fecha.desde is None or fecha.desde <= fecha.hasta
        assert fecha.frase
