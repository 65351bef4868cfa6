"""Lo que sale en tablas: sin fórmulas, con acentos y de vuelta igual."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archivo.salidas import con_guarda, en_csv, inofensiva, renglones_csv, sin_guarda


@pytest.mark.parametrize("formula", ["=1+1", "+SUMA(A1)", "-2+3", "@aquí", "\t=1", '=HYPERLINK("x")'])
def test_una_formula_sale_como_texto(formula):
    assert inofensiva(formula).startswith("'")


@pytest.mark.parametrize("valor", ["-5", "+52", "-1,234.50", "Sección", 7, 2.5, True])
def test_un_numero_o_un_texto_corriente_sale_igual(valor):
    assert inofensiva(valor) == valor


def test_vacio_estructuras_y_signos_de_control():
    assert [inofensiva(v) for v in (None, {"año": 1}, ["á"], "a\x00b\x1f")] == ["", '{"año": 1}', '["á"]', "ab"]


def test_el_csv_lleva_marca_una_vez_y_sus_acentos():
    partes = list(renglones_csv([["Título", "n"], ["Ñandú; «cita», y coma", 2]]))
    assert partes[0].startswith("\ufeff") and not partes[1].startswith("\ufeff")
    assert en_csv([["á"]]).decode("utf-8-sig") == "á\r\n"


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))), min_size=1), max_size=5))
def test_lo_que_sale_vuelve(filas):
    leidas = list(csv.reader(io.StringIO(en_csv(filas).decode("utf-8-sig"), newline="")))
    esperadas = [[sin_guarda(inofensiva(c)) for c in fila] for fila in filas]
    assert [[sin_guarda(c) for c in fila] or [""] for fila in leidas] == esperadas


@given(st.text(alphabet="'=+-@\t 5.,aé", max_size=6))
def test_la_guarda_se_quita_y_queda_lo_que_era(texto):
    guardado = con_guarda(texto)
    assert sin_guarda(guardado) == texto
    assert not guardado.startswith(("=", "+", "-", "@", "\t")) or re.fullmatch(r"[+-]\d[\d.,]*", guardado)
