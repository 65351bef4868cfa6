"""El lenguaje de consulta: nada de lo que se escriba es un error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import (
    And,
    Field,
    Fuzzy,
    Integer,
    Keyword,
    MatchAll,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    QueryFields,
    Range,
    Schema,
    Term,
    Word,
    parse,
)
from search.plan import make_plan

ESQUEMA = Schema([Keyword("tipo"), Keyword("area", label_searchable=True), Integer("anio")])
CAMPOS = QueryFields(ESQUEMA, {"año": "anio", "título": "title", "fecha": "date", "área": "area"})
PIEZAS = (
    '"', '"~5', "~3", "«", "”", "(", ")", "-", "OR", "O", "*", "~", " ", " ", "título:", "area:", "tipo:", "AÑO:", "fecha:", ">=", "<", "..", "1990",
    "1995-03", "palabra", "Niño", "123/2026", "y/o", "covid-19", "_", "x", "ñ", "\u0303", ":", "/", "de", "la", "\u00ad", "12", "\n",
)  # fmt: skip


def palabras(*escritas: str) -> tuple[Word, ...]:
    return tuple(Word(escrita) for escrita in escritas)


@pytest.mark.parametrize(
    ("texto", "arbol"),
    [
        ("boletín", Word("boletín")),
        ("  dos palabras ", And(palabras("dos", "palabras"))),
        ('"frase exacta"', Phrase(("frase", "exacta"))),
        ("«frase exacta»", Phrase(("frase", "exacta"))),
        ('"agua potable"~5', Near(("agua", "potable"), 5)),
        ("«agua potable»~900", Near(("agua", "potable"), 30)),
        ('"agua potable"~0', Phrase(("agua", "potable"))),
        ('"agua"~5', Phrase(("agua",))),
        ('"agua potable"~ y', And((Phrase(("agua", "potable")), Word("y")))),
        ('título:"obra nueva"~2', Field("title", Near(("obra", "nueva"), 2))),
        ('tipo:"nota de prensa"~2', Term("tipo", "nota de prensa")),
        ("No.123/2026", Word("123/2026")),
        ("Nº00123/2026", Word("00123/2026")),
        ("-no sí", And((Not(Word("no")), Word("sí")))),
        ("a OR b c", And((Or(palabras("a", "b")), Word("c")))),
        ("a O b O c", Or(palabras("a", "b", "c"))),
        ("(a b) OR c", Or((And(palabras("a", "b")), Word("c")))),
        ("vacun*", Prefix("vacun")),
        ("v*", Word("v")),
        ("vacunasion~", Fuzzy("vacunasion")),
        ("*", MatchAll()),
        ("123/2026", Word("123/2026")),
        ("y/o", And(palabras("y", "o"))),
        ("título:obra", Field("title", Word("obra"))),
        ("TITULO:obra", Field("title", Word("obra"))),
        ("área:(obras OR prensa)", Field("area", Or(palabras("obras", "prensa")))),
        ("tipo:boletin", Term("tipo", "boletin")),
        ('tipo:"nota de prensa"', Term("tipo", "nota de prensa")),
        ("-tipo:boletin", Not(Term("tipo", "boletin"))),
        ("año:1990", Range("anio", "1990", "1990")),
        ("año:1995..1990", Range("anio", "1990", "1995")),
        ("año:>1990", Range("anio", "1991", None)),
        ("fecha:>=1994-3", Range("date", "1994-03", None)),
        ("fecha:<1994", Range("date", None, "1993")),
        ("fecha:1990..1995-03", Range("date", "1990", "1995-03")),
        ("fecha:..1990", Range("date", None, "1990")),
        ("fecha:ayer", Word("ayer")),
        ("color:rojo", And(palabras("color", "rojo"))),
        ("http://x.mx", And(palabras("http", "x", "mx"))),
        ('"sin cerrar', Phrase(("sin", "cerrar"))),
        ("(a (b", And((Word("a"), Word("b")))),
        ("a) b", And(palabras("a", "b"))),
        ("OR a OR", Word("a")),
        ("", None),
        ('"" () - OR ¿?', None),
    ],
)
def test_lo_que_se_escribe_y_lo_que_se_entiende(texto: str, arbol: Node | None) -> None:
    assert parse(texto, CAMPOS) == arbol


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(PIEZAS), max_size=25).map("".join) | st.text(max_size=80))
def test_todo_texto_es_una_consulta_y_se_puede_volver_a_escribir(texto: str) -> None:
    arbol = parse(texto, CAMPOS)
    assert parse(texto) is not None or arbol is None or ":" in texto
    if arbol is not None:
        assert parse(str(arbol), CAMPOS) == arbol
        make_plan(arbol, ESQUEMA)


def test_limites() -> None:
    largo = parse(" ".join(f"palabra{n}" for n in range(100)), CAMPOS)
    assert isinstance(largo, And)
    assert len(largo.children) == 32
    assert parse("x" * 5000, CAMPOS) == Word("x" * 64)
    frase = parse('"' + "a " * 200 + '" b', CAMPOS)
    assert isinstance(frase, Phrase)
    assert len(frase.words) == 32
    assert parse("(" * 300 + "a" + ")" * 300 + " b", CAMPOS) == And(palabras("a", "b"))


def test_un_alias_lleva_a_un_campo() -> None:
    with pytest.raises(ValueError, match="color"):
        QueryFields(ESQUEMA, {"color": "color"})
