"""El contrato: qué se halla, en qué orden y en qué página."""

from __future__ import annotations

from datetime import date

import pytest

from search import (
    And,
    Between,
    Boost,
    Facet,
    In,
    InvalidRequest,
    Or,
    Range,
    SearchEngine,
    SearchRequest,
    Term,
)
from tests.search.contrato_base import PUBLICO, ConMotor, claves, nodo, publico
from tests.search.mundo import llenar


class Lectura(ConMotor):
    """Español, regla de coincidencia, orden y fechas."""

    # Español

    @pytest.mark.parametrize(
        ("escrito", "buscado"),
        [
            ("boletín", "BOLETINES"), ("boletines", "boletin"), ("foto", "fotos"), ("niños", "niño"), ("años", "año"),
            ("actas", "acta"), ("días", "dia"), ("vacunación", "vacunaciones"), ("educacio\u0301n", "educación"),
            ("àçaí", "acai"), ("pingüinos", "pinguino"), ("leyes", "ley"), ("ﬁrma", "firma"), ("infor\u00admación", "información"),
        ],
    )  # fmt: skip
    def test_las_formas_de_una_palabra_se_hallan_entre_si(self, motor: SearchEngine, escrito: str, buscado: str) -> None:
        llenar(motor, [publico("k1", "", f"Consta en {escrito}."), publico("k2", "", "otra cosa")])
        assert claves(motor, buscado) == ["k1"]
        assert claves(motor, f'"consta en {buscado}"') == ["k1"]

    def test_la_enie_es_otra_letra(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "", "el año nuevo"), publico("k2", "", "el ano nuevo")])
        assert claves(motor, "año") == ["k1"]
        assert claves(motor, "ano") == ["k2"]

    def test_folios_con_diagonales(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "Oficio SCG/OICAC/123/2026"), publico("k2", "Oficio 2026 123"), publico("k3", "123/2025")])
        assert claves(motor, "123/2026") == ["k1"]
        assert claves(motor, "scg/oicac/123/2026") == ["k1"]
        assert claves(motor, "oficio 123") == ["k2", "k1"] or claves(motor, "oficio 123") == ["k1", "k2"]

    def test_una_consulta_de_palabras_vacias_tambien_busca(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "", "ser o no ser"), publico("k2", "", "nada")])
        assert claves(motor, "ser no") == ["k1"]
        assert claves(motor, '"no ser"') == ["k1"]
        assert claves(motor, "nada de ser") == ["k2"]

    # La regla de coincidencia

    def test_hasta_cuatro_palabras_van_todas_y_si_no_hay_cualquiera(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "", "agua drenaje bache"), publico("k2", "", "agua"), publico("k3", "", "mercado")])
        ambas = motor.search(SearchRequest(PUBLICO, nodo("agua drenaje")))
        assert (ambas.mode, [acierto.key for acierto in ambas.hits]) == ("all", ["k1"])
        ninguna = motor.search(SearchRequest(PUBLICO, nodo("agua mercado")))
        assert (ninguna.mode, {acierto.key for acierto in ninguna.hits}) == ("some", {"k1", "k2", "k3"})
        assert motor.search(SearchRequest(PUBLICO, nodo("agua mercado"), match="all")).total == 0
        assert motor.search(SearchRequest(PUBLICO, nodo("agua drenaje"), match="some")).total == 2

    def test_una_pregunta_larga_pide_un_tercio(self, motor: SearchEngine) -> None:
        llenar(
            motor, [publico("k1", "", "agua drenaje"), publico("k2", "", "agua"), publico("k3", "", "bache árbol mercado foto")]
        )
        larga = motor.search(SearchRequest(PUBLICO, nodo("agua drenaje bache árbol mercado foto")))
        assert (larga.mode, sorted(acierto.key for acierto in larga.hits)) == ("some", ["k3"])
        de_cinco = motor.search(SearchRequest(PUBLICO, nodo("¿agua y drenaje de bache en árbol con luz?")))
        assert (de_cinco.mode, sorted(acierto.key for acierto in de_cinco.hits)) == ("some", ["k1", "k3"])

    def test_negaciones_frases_y_campos_son_obligatorios(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "Agua", "agua potable en el mercado"), publico("k2", "Mercado", "potable agua")])
        assert claves(motor, 'mercado "agua potable"') == ["k1"]
        assert claves(motor, "agua -mercado") == []
        assert claves(motor, "título:mercado agua") == ["k2"]
        assert claves(motor, "-título:mercado") == ["k1"]

    def test_una_cita_que_no_es_literal_no_anula_la_oracion(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "", "el director ofreció soluciones para el drenaje")])
        respuesta = motor.search(SearchRequest(PUBLICO, nodo('el director ofreció "soluciones mágicas"')))
        assert (respuesta.mode, respuesta.total) == ("some", 1)
        assert claves(motor, '"soluciones mágicas"') == []
        pegada = nodo("“Ofrecí mil soluciones para todo el drenaje de esta ciudad”")
        assert motor.search(SearchRequest(PUBLICO, pegada)).mode == "some"
        totales = [motor.search(SearchRequest(PUBLICO, pegada, match=modo)).total for modo in ("auto", "some", "all")]
        assert totales == [1, 1, 0]

    # Orden, filtros, fechas, páginas de resultados

    def test_relevancia_lo_que_mas_coincide_va_primero(self, motor: SearchEngine) -> None:
        relleno = " ".join(["relleno"] * 60)
        llenar(
            motor,
            [
                publico("k1", "", f"{relleno} drenaje {relleno} profundo {relleno}"),
                publico("k2", "", f"{relleno} drenaje profundo {relleno} {relleno}"),
                publico("k3", "", f"{relleno} nada {relleno}"),
            ],
        )
        assert claves(motor, "drenaje profundo") == ["k2", "k1"]

    def test_lo_que_pesa_mas_va_primero(self, motor_sin_pasado: SearchEngine) -> None:
        motor = motor_sin_pasado
        llenar(
            motor,
            [
                publico(f"k{n}", "Acta 45 acta 45", "acta 45", integers={"numero": (n,)}, keywords={"tipo": (f"t{n}",)})
                for n in range(9)
            ],
        )
        for preferido in (Range("numero", "4", "4"), Term("tipo", "t4"), And((Range("numero", "4", "4"), Term("tipo", "t4")))):
            respuesta = motor.search(SearchRequest(PUBLICO, Or((Boost(preferido, 1000.0), nodo("acta 45")))))
            assert respuesta.total == 9
            assert respuesta.hits[0].key == "k4"
            assert respuesta.hits[0].score > 100 * respuesta.hits[1].score

    def test_fechas_parciales_como_intervalos(self, motor: SearchEngine) -> None:
        anio = {"date_from": date(1994, 1, 1), "date_to": date(1994, 12, 31)}
        dia = {"date_from": date(1995, 3, 31), "date_to": date(1995, 3, 31)}
        llenar(motor, [publico("k1", "a", **anio), publico("k2", "b", **dia), publico("k3", "c")])
        pedidos = {("1994-07", "1994-07"): ["k1"], ("1990", "1995-03"): ["k2", "k1"], (None, "1993"): [], ("1995-04", None): []}
        for (desde, hasta), esperadas in pedidos.items():
            assert claves(motor, None, filters={"date": Between(desde, hasta)}) == esperadas
        assert claves(motor, "fecha:1995-03-31") == ["k2"]
        assert claves(motor, None, sort="date") == ["k1", "k2", "k3"]
        assert claves(motor, None, sort="-date") == ["k2", "k1", "k3"]

    def test_titulos_en_orden_alfabetico_castellano(self, motor: SearchEngine) -> None:
        titulos = ["ñandú", "Nube", "«Árbol»", "arroz", "Boletín 9", "Boletín 10", "oso"]
        llenar(motor, [publico(f"k{n}", titulo) for n, titulo in enumerate(titulos, 1)])
        ordenados = [titulos[int(clave[1:]) - 1] for clave in claves(motor, None, sort="title")]
        assert ordenados == ["«Árbol»", "arroz", "Boletín 9", "Boletín 10", "Nube", "ñandú", "oso"]

    def test_las_paginas_de_resultados_no_repiten_ni_pierden(self, motor: SearchEngine) -> None:
        llenar(motor, [publico(f"k{n}", "Acta", "de obra " * (n % 7), "y algo más") for n in range(1, 131)])
        for orden in ("relevance", "date", "-date", "title"):
            vistas = [c for desde in range(0, 140, 20) for c in claves(motor, "acta", sort=orden, offset=desde)]
            assert sorted(vistas) == sorted(f"k{n}" for n in range(1, 131)), orden

    def test_lo_que_no_existe_se_dice(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "Acta")])
        for pedido in (
            {"filters": {"color": In(frozenset({"rojo"}))}},
            {"facets": (Facet("color"),)},
            {"filters": {"date": Between("ayer", None)}},
        ):
            with pytest.raises(InvalidRequest):
                motor.search(SearchRequest(PUBLICO, None, **pedido))
        with pytest.raises(InvalidRequest):
            SearchRequest(PUBLICO, offset=10_001)
