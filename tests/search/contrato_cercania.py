"""El contrato: palabras cercanas, números y folios, y preguntas como las hace una persona."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from search import Part, SearchEngine, SearchRequest
from tests.search.contrato_base import PUBLICO, ConMotor, claves, nodo, publico
from tests.search.mundo import llenar

LETRAS = ("alfa", "beta", "gama", "delta")
TEXTOS = 60


def cerca(palabras: list[str], una: str, otra: str, entre: int) -> bool:
    """La definición, sin más: en ese orden, hasta `entre` palabras de por medio; en el otro, dos menos."""
    lugares = product(*([i for i, p in enumerate(palabras) if p == cual] for cual in (una, otra)))
    return any((b - a - 1 <= entre) if b > a else (a - b + 1 <= entre) for a, b in lugares)


class Cercania(ConMotor):
    """`"a b"~5`, «No. 123/2026» y «¿dónde…?»."""

    def test_cercania_es_exacta_a_cualquier_distancia_y_en_los_dos_ordenes(self, motor: SearchEngine) -> None:
        azar = Random(3)
        textos = {f"k{n}": azar.choices((*LETRAS, "otra", "cosa"), k=azar.randrange(2, 12)) for n in range(1, TEXTOS)}
        llenar(motor, [publico(clave, "", " ".join(texto)) for clave, texto in textos.items()])
        for una, otra, entre in product(LETRAS[:2], LETRAS[2:], range(1, 8)):
            esperadas = {clave for clave, texto in textos.items() if cerca(texto, una, otra, entre)}
            assert set(claves(motor, f'"{una} {otra}"~{entre}', limit=TEXTOS)) == esperadas, (una, otra, entre)

    def test_tres_palabras_cada_una_cerca_de_la_siguiente(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "", "agua x potable y z limpia"), publico("k2", "", "agua potable x y z x y z limpia")])
        assert claves(motor, '"agua potable limpia"~2') == ["k1"]
        assert set(claves(motor, '"agua potable limpia"~6')) == {"k1", "k2"}
        assert claves(motor, '"agua agua"~3 limpia') == claves(motor, "agua limpia")

    def test_lo_cercano_no_salta_de_un_archivo_a_otro_ni_de_un_valor_a_otro(self, motor: SearchEngine) -> None:
        partes = (Part(1, "termina agua", label="a"), Part(2, "potable empieza", label="b"))
        areas = {"area": ("Obras Públicas", "Prensa")}
        llenar(motor, [publico("k1", "", parts=partes, extra_text="nota sobre", keywords=areas)])
        for entre in (1, 9, 30, 999):
            assert claves(motor, f'"agua potable"~{entre}') == claves(motor, f'"sobre termina"~{entre}') == []
            assert claves(motor, f'área:"públicas prensa"~{entre}') == []
        assert claves(motor, '"potable empieza"~9') == claves(motor, 'área:"públicas obras"~2') == ["k1"]

    def test_lo_cercano_tambien_en_el_titulo_negado_y_con_lo_demas(self, motor: SearchEngine) -> None:
        llenar(
            motor, [publico("k1", "Obra grande de drenaje", "acta"), publico("k2", "Drenaje", "acta de obra sin otro drenaje")]
        )
        assert claves(motor, 'título:"obra drenaje"~2') == ["k1"]
        assert claves(motor, 'acta -"obra drenaje"~2') == []
        assert claves(motor, 'acta -título:"obra drenaje"~2') == ["k2"]
        for escrito in ('"obras drenajes"~2 acta', '"obra drenaje"~2 OR "no hay"~2'):
            assert sorted(claves(motor, escrito)) == ["k1", "k2"]

    def test_lo_cercano_cae_en_su_pagina_y_si_cruza_donde_empieza(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "", "agua clara y potable", "inicio potable", "agua final", "fin", "potable y agua")])
        paginas = lambda texto: [p.number for p in motor.pages(["k1"], nodo(texto), PUBLICO, 9).get("k1", ())]  # noqa: E731
        assert sorted(paginas('"agua potable"~3')) == [1, 2, 3, 5]
        assert sorted(paginas('"potable agua"~1')) == [2, 5]
        assert sorted(paginas('"final fin"~1')) == [3]

    @pytest.mark.parametrize(
        "escrito",
        ["123/2026", "00123/2026", "No. 123/2026", "No.123/2026", "Núm. 0123/2026", "número 123/2026", "Nº 123/2026",
         "Nº123/2026", "n.º 123/2026", "folio 123/2026", "#123/2026", "123-2026", '"00123/2026"'],
    )  # fmt: skip
    def test_un_folio_se_halla_como_se_escriba(self, motor: SearchEngine, escrito: str) -> None:
        llenar(
            motor,
            [
                publico("k1", "Oficio 123/2026"),
                publico("k2", "", "Oficio Nº00123/2026 de la alcaldía"),
                publico("k3", "Número 124/2026", "123 de 2026"),
                publico("k4", "No. 1230/2026"),
            ],
        )
        respuesta = motor.search(SearchRequest(PUBLICO, nodo(escrito)))
        assert (respuesta.mode, {acierto.key for acierto in respuesta.hits}) == ("all", {"k1", "k2"})

    @pytest.mark.parametrize(
        ("pregunta", "palabras"),
        [
            ("¿Dónde puedo consultar el acta de la sesión de cabildo?", "acta sesión cabildo"),
            ("¿Cuándo se inauguró el mercado de Xochimilco?", "inauguró mercado Xochimilco"),
            ("¿En qué boletines dice algo el drenaje profundo?", "boletín drenaje profundo"),
            ("qué hay de la reforestación del parque", "reforestación parque"),
        ],
    )
    def test_una_pregunta_vale_lo_que_sus_palabras(self, motor: SearchEngine, pregunta: str, palabras: str) -> None:
        llenar(
            motor,
            [
                publico("k1", "Acta", "sesión ordinaria del cabildo"),
                publico("k2", "Boletín 45", "se inauguró el mercado de Xochimilco"),
                publico("k3", "Boletín 46", "algo del drenaje profundo"),
                publico("k4", "Parque", "reforestación"),
                publico("k5", "Otra cosa", "puedo consultar, ver y saber: hay algo"),
            ],
        )
        dichas = motor.search(SearchRequest(PUBLICO, nodo(palabras)))
        respuesta = motor.search(SearchRequest(PUBLICO, nodo(pregunta)))
        assert respuesta.hits[0].key == dichas.hits[0].key
        assert dichas.total == 1

    def test_lo_que_pregunta_sigue_siendo_palabra_cuando_no_hay_otra(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "", "no hay número"), publico("k2", "", "otra cosa")])
        for escrito in ("qué hay", "número", "no hay", "folio número", "¿qué es número?"):
            assert claves(motor, escrito) == ["k1"], escrito
