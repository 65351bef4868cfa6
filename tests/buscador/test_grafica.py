"""La gráfica por año: las barras miden lo que dicen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buscador.grafica import ALTO, TECHO, escala, grafica_de


def test_con_un_solo_anio_no_hay_grafica():
    assert grafica_de({}) is None
    assert grafica_de({1994: 10}) is None


@settings(deadline=None)
@given(st.dictionaries(st.integers(1000, 2100), st.integers(1, 10**7), min_size=2, max_size=80))
def test_cada_barra_mide_su_cuenta(anios):
    grafica = grafica_de(anios)
    assert sum(b.total for b in grafica.barras) == sum(anios.values())
    tope = grafica.ejes[-1].valor
    assert tope >= max(b.total for b in grafica.barras)
    for barra in grafica.barras:
        assert float(barra.alto) == pytest.approx(barra.total / tope * ALTO, abs=0.06)
        assert float(barra.y) + float(barra.alto) == pytest.approx(TECHO + ALTO, abs=0.11)
        assert float(barra.ancho) > 0
    assert grafica.mayor.total == max(b.total for b in grafica.barras)


def test_mas_de_sesenta_anios_van_por_decada():
    grafica = grafica_de({1900: 1, 2026: 2})
    assert grafica.por_decada
    assert (grafica.primero, grafica.ultimo) == ("1900", "2020")


@pytest.mark.parametrize(("mayor", "redondo"), [(1, 2), (2, 2), (3, 5), (7, 10), (11, 20), (55, 100), (1000, 1000), (1001, 2000)])
def test_la_escala_es_redonda(mayor, redondo):
    assert escala(mayor) == redondo
