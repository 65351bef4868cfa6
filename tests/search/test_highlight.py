"""Fragmentos y resaltados."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Keyword, Node, QueryFields, Schema, find_matches, parse, snippet
from search.analysis import located

CAMPOS = QueryFields(Schema([Keyword("area", label_searchable=True)]), {"título": "title"})
TEXTO = "La vacunación de los niños empezó ayer. Hubo fotos y boletines; la alcaldía de los niños informó del año 1994."


def nodo(texto: str) -> Node | None:
    return parse(texto, CAMPOS)


@pytest.mark.parametrize(
    ("consulta", "marcado"),
    [
        ("vacunaciones", ["vacunación"]),
        ("foto boletin", ["fotos", "boletines"]),
        ('"los niños"', ["los niños", "los niños"]),
        ('"niños boletines"', ["niños", "boletines", "niños"]),
        ('"niños vacunación"~4', ["vacunación", "niños"]),
        ('"vacunación empezó ayer"~4', ["vacunación", "empezó", "ayer"]),
        ('"vacunación boletines"~4', ["vacunación", "boletines"]),
        ('"niños año"~4', ["niños", "año"]),
        ("alcal*", ["alcaldía"]),
        ("vacunasion~", ["vacunación"]),
        ("la vacunación", ["vacunación"]),
        ("la", ["La", "la"]),
        ("-fotos alcaldía", ["alcaldía"]),
        ("título:fotos", []),
        ("fotos OR año", ["fotos", "año"]),
        ("ano", []),
        ("1994", ["1994"]),
    ],
)
def test_que_se_marca(consulta: str, marcado: list[str]) -> None:
    assert [TEXTO[desde:hasta] for desde, hasta in find_matches(TEXTO, nodo(consulta))] == marcado


def test_en_el_titulo_se_marca_lo_que_se_pide_del_titulo() -> None:
    assert find_matches("Fotos de obra", nodo("título:foto obra"), field="title") == [(0, 5), (9, 13)]


def test_los_lugares_valen_tambien_en_un_texto_descompuesto() -> None:
    texto = "La vacunacio\u0301n de nin\u0303os"
    assert [texto[a:b] for a, b in find_matches(texto, nodo("vacunación niño"))] == ["vacunacio\u0301n", "nin\u0303os"]


def test_el_fragmento_prefiere_la_frase_y_lo_variado() -> None:
    texto = "obra " * 80 + "y luego\nla obra pública del mercado sigue. " + "relleno " * 80
    fragmento = snippet(texto, nodo('"obra pública" mercado'), 80)
    assert [pieza for pieza, marcada in fragmento.segments if marcada] == ["obra pública", "mercado"]
    assert fragmento.leading and fragmento.trailing
    assert "\n" not in fragmento.text


def test_sin_coincidencias_el_comienzo() -> None:
    assert snippet("Uno dos tres cuatro", nodo("nada"), 8) == snippet("Uno dos tres cuatro", None, 8)
    assert snippet("Uno dos tres cuatro", None, 8).text == "Uno dos …"
    assert snippet("", nodo("nada")).segments == ()


@given(st.text("ab ñá.\n", max_size=300), st.integers(5, 80))
def test_el_fragmento_no_rompe_palabras_ni_inventa(texto: str, ancho: int) -> None:
    fragmento = snippet(texto, nodo("ab aba~ ña*"), ancho)
    cuerpo = "".join(pieza for pieza, _ in fragmento.segments).strip()
    limpio = " ".join(texto.split())
    assert cuerpo in limpio or " ".join(cuerpo.split()) in limpio
    palabras = set(located(texto).words)
    assert set(located(cuerpo).words) <= palabras


def test_es_rapido_en_una_parte_entera() -> None:
    texto = "La vacunación de los niños y otras palabras muy distintas entre sí. " * 90
    consulta = nodo('vacunación niños palabras "muy distintas"')
    snippet(texto, consulta)
    inicio = time.process_time()
    for _ in range(20):
        snippet(texto, consulta)
    assert (time.process_time() - inicio) / 20 < 0.05
