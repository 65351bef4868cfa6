"""Las gráficas: SVG que vale, con su título y su descripción, y con escalas que alcanzan."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memoria_anual.edicion.graficas import Titulada, barras, renglones, tope

DICHO = Titulada("Boletines <por> mes & año", "enero, 3; febrero, n/a.")
SVG = "{http://www.w3.org/2000/svg}"
valores = st.lists(st.one_of(st.none(), st.decimals(0, 10**9, places=2)), min_size=1, max_size=40)


@given(st.floats(0.01, 10**9))
def test_la_escala_alcanza_y_no_sobra_de_mas(valor):
    assert valor <= tope(valor) <= max(valor * 2.5, 0.1)


@given(valores)
def test_las_barras_caben_en_su_lienzo(dados):
    dibujo = ElementTree.fromstring(barras(DICHO, [str(n) for n in range(len(dados))], dados))
    _, _, ancho, alto = map(float, dibujo.get("viewBox").split())
    for barra in dibujo.iter(f"{SVG}rect"):
        x, y, w, h = (float(barra.get(a)) for a in ("x", "y", "width", "height"))
        assert x >= 0 and x + w <= ancho + 0.1 and y >= 0 and y + h <= alto + 0.1


@pytest.mark.parametrize("dibujar", [barras, renglones])
def test_dice_que_es_a_quien_no_la_ve(dibujar):
    dibujo = ElementTree.fromstring(dibujar(DICHO, ["ene", "feb"], [Decimal(3), None]))
    partes = {e.get("id"): e.text for e in dibujo if e.get("id")}
    assert [partes[i] for i in dibujo.get("aria-labelledby").split()] == [DICHO.titulo, DICHO.descripcion]
    assert len(list(dibujo.iter(f"{SVG}rect"))) == 1, "lo que no tiene dato no se dibuja"


def test_un_rotulo_largo_va_en_dos_renglones_y_lo_que_sobra_se_corta():
    dibujo = renglones(DICHO, ["Dirección General de Obras y Desarrollo Urbano", "Dirección " * 9], [Decimal(1), Decimal(2)])
    assert ">Dirección General de Obras</text>" in dibujo and ">y Desarrollo Urbano</text>" in dibujo
    assert ">Dirección Dirección…</text>" in dibujo and ">Dirección Dirección</text>" in dibujo


@pytest.mark.parametrize("valor", [3, 9, 10, 23, 91, 450])
def test_una_cuenta_se_divide_en_enteros(valor):
    assert tope(valor) % 4 == 0


def test_no_lleva_estilos_ni_guiones():
    dibujo = barras(DICHO, ["ene"], [Decimal(1)], [Decimal(2)])
    assert not any(prohibido in dibujo for prohibido in ("<style", "<script", "style=", "href", "<pattern"))
