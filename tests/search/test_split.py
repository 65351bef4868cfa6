"""Partes de un texto, fechas y esquema."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Document, Integer, InvalidRequest, Keyword, Part, Schema, Scope, Upsert, date_interval, split_parts


@given(st.text("abc .\n", max_size=400), st.integers(1, 60))
def test_las_partes_juntas_son_el_texto(texto: str, tamano: int) -> None:
    partes = split_parts(texto, tamano)
    assert "".join(partes) == texto
    assert all(0 < len(parte) <= tamano for parte in partes)


def test_se_corta_en_fines_de_linea_y_si_no_en_frases() -> None:
    assert split_parts("uno\ndos\ntres\n", 9) == ["uno\ndos\n", "tres\n"]
    assert split_parts("Una frase larga. Otra frase más y otra", 20) == ["Una frase larga. ", "Otra frase más y ", "otra"]
    assert split_parts("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]
    assert split_parts("") == []


def test_partes_de_seis_mil_caracteres() -> None:
    texto = ("línea de texto " * 6 + "\n") * 400
    assert all(5500 < len(parte) <= 6000 for parte in split_parts(texto)[:-1])


@pytest.mark.parametrize(
    ("texto", "intervalo"),
    [
        ("1994", (date(1994, 1, 1), date(1994, 12, 31))), ("1996-02", (date(1996, 2, 1), date(1996, 2, 29))),
        ("1996-2-3", (date(1996, 2, 3), date(1996, 2, 3))), ("1995-02-30", None), ("0000", None), ("ayer", None), ("19945", None),
    ],
)  # fmt: skip
def test_fechas_parciales(texto: str, intervalo: tuple[date, date] | None) -> None:
    assert date_interval(texto) == intervalo


def test_la_huella_cambia_con_los_campos_y_no_con_su_orden() -> None:
    uno = Schema([Keyword("tipo"), Integer("anio")])
    assert uno.fingerprint() == Schema([Integer("anio"), Keyword("tipo")]).fingerprint()
    assert uno.fingerprint() != Schema([Keyword("tipo", label_searchable=True), Integer("anio")]).fingerprint()


@pytest.mark.parametrize("campos", [[Keyword("date")], [Keyword("Tipo")], [Keyword("a"), Integer("a")]])
def test_un_esquema_imposible_se_rechaza(campos: list[Keyword | Integer]) -> None:
    with pytest.raises(InvalidRequest):
        Schema(campos)


def test_un_documento_imposible_se_rechaza() -> None:
    base = {"key": "1", "version": 1, "acl": frozenset({"p"}), "title": "", "order": 1}
    for malo in ({"key": ""}, {"order": -1}, {"date_from": date(2000, 1, 1)}):
        with pytest.raises(InvalidRequest):
            Document(**(base | malo), parts=(Part(1, ""),))
    bueno = Document(**base)
    with pytest.raises(InvalidRequest):
        Upsert("pub", bueno, bueno)
    with pytest.raises(InvalidRequest):
        Upsert("pub", bueno, Document(**(base | {"key": "2"}), variant=1))


def test_no_hay_alcance_sin_decirlo_todo() -> None:
    with pytest.raises(TypeError):
        Scope("pub", frozenset({"p"}))  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Scope("pub", "p", frozenset())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="otro"):
        Scope("otro", frozenset(), frozenset())  # type: ignore[arg-type]
