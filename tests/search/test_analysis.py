"""La cadena de análisis."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import CACHE_WORDS, analyse, edit_distance, fold, forms, located, sort_key, words


@pytest.mark.parametrize(
    ("escrita", "plegada"),
    [
        ("ÁRBOL", "arbol"), ("pingüino", "pinguino"), ("àâäçèêî", "aaaceei"), ("Ñandú", "ñandu"), ("an\u0303o", "año"),
        ("educacio\u0301n", "educacion"), ("n\u0301", "n"), ("ﬁrma", "firma"), ("1º", "1"), ("3ª", "3"), ("ción\u00adde", "cionde"), ("__x_", "x"),
    ],
)  # fmt: skip
def test_plegado(escrita: str, plegada: str) -> None:
    assert fold(escrita) == plegada


@pytest.mark.parametrize(
    ("una", "otra"),
    [
        ("foto", "fotos"),
        ("niño", "niños"),
        ("año", "años"),
        ("día", "días"),
        ("mes", "mese"),
        ("boletín", "boletines"),
        ("ley", "leyes"),
    ],
)
def test_singular_y_plural_comparten_raiz(una: str, otra: str) -> None:
    assert forms(una).stem == forms(otra).stem


def test_anio_y_ano_no() -> None:
    assert forms("año").stem != forms("ano").stem
    assert forms("niño").stem != forms("nino").stem


@given(st.text(max_size=200))
def test_los_lugares_son_del_texto_dado(texto: str) -> None:
    hallado = located(texto)
    lugares = [hallado.span(cual) for cual in range(len(hallado.words))]
    assert [texto[desde:hasta] for desde, hasta in lugares if forms(texto[desde:hasta]).exact] == words(texto)
    assert [forms(word) for word in hallado.words if forms(word).exact] == analyse(texto)
    assert all(antes[1] <= despues[0] for antes, despues in itertools.pairwise(lugares))


@given(st.text(max_size=60))
def test_lo_indexado_son_fichas_sin_espacios(texto: str) -> None:
    for forma in analyse(texto):
        assert forma.stem and forma.exact
        assert f"{forma.stem} {forma.exact}".split() == [forma.stem, forma.exact]
        assert len(forma.exact) <= 64


@given(st.text("aeiounñáéíóúüAEIOUNÑ bcd\u0301\u0303", max_size=40))
def test_compuesto_o_descompuesto_da_lo_mismo(texto: str) -> None:
    nfc, nfd = unicodedata.normalize("NFC", texto), unicodedata.normalize("NFD", texto)
    assert analyse(nfc) == analyse(nfd)


def test_palabras_como_se_escriben() -> None:
    assert words("Boletín Nº 45, ___ «Año»") == ["Boletín", "N", "45", "Año"]
    assert words("Nº123 1ª") == ["N", "123", "1"]


def test_una_cifra_es_la_misma_con_ceros_delante() -> None:
    assert [(forma.stem, forma.exact) for forma in analyse("00123 000 10")] == [("123", "00123"), ("0", "000"), ("10", "10")]


def test_la_memoria_de_formas_esta_acotada() -> None:
    analyse(" ".join(f"p{n}" for n in range(CACHE_WORDS + 10)))
    assert forms("boletines").stem == "boletin"


@pytest.mark.parametrize(
    ("una", "otra", "limite", "distancia"),
    [
        ("casa", "casa", 1, 0),
        ("casa", "caza", 1, 1),
        ("casa", "csaa", 1, 1),
        ("casa", "masas", 2, 2),
        ("casa", "perro", 2, 3),
        ("", "ab", 2, 2),
    ],
)
def test_distancia_de_edicion(una: str, otra: str, limite: int, distancia: int) -> None:
    assert edit_distance(una, otra, limite) == distancia


@given(st.text("abcñ", max_size=6), st.text("abcñ", max_size=6))
def test_la_distancia_no_depende_del_orden(una: str, otra: str) -> None:
    assert edit_distance(una, otra, 2) == edit_distance(otra, una, 2)


def test_orden_de_titulos() -> None:
    titulos = ["Ñu", "nube", "«Árbol»", "Acta 10", "Acta 9", "zeta"]
    assert sorted(titulos, key=sort_key) == ["Acta 9", "Acta 10", "«Árbol»", "nube", "Ñu", "zeta"]
