"""Lo que todo motor cumple. No tiene motor propio: cada prueba de motor hereda de `ContratoDelMotor` y dice cómo abrir el suyo.

Lo que ve un lector se compara con el motor de referencia lleno *sólo* de lo que ese lector puede ver: así, cualquier número,
sugerencia o corrección que delate algo ajeno es una diferencia.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from search import (
    Between,
    Delete,
    Document,
    Facet,
    In,
    IndexBusy,
    InvalidRequest,
    Node,
    Part,
    Scope,
    SearchEngine,
    SearchRequest,
    SearchUnavailable,
    Upsert,
    open_engine,
    parse,
)
from tests.search import mundo
from tests.search.mundo import CAMPOS, ESQUEMA, LECTOR, llenar

CUANTOS = 70
PUBLICO = Scope("pub", frozenset({"p"}), frozenset())
FACETAS = (Facet("tipo", 50), Facet("area", 50), Facet("anio", 50), Facet("numero", 50))


def nodo(texto: str) -> Node:
    encontrado = parse(texto, CAMPOS)
    assert encontrado is not None
    return encontrado


def publico(clave: str, titulo: str = "", *textos: str, **campos: object) -> Upsert:
    partes = tuple(Part(numero, texto) for numero, texto in enumerate(textos, 1))
    orden = int("".join(letra for letra in clave if letra.isdigit()) or 0)
    base = Document(key=clave, version=1, acl=frozenset({"p"}), title=titulo, order=orden, parts=partes)
    return Upsert("pub", replace(base, **campos))


def claves(motor: SearchEngine, texto: str | None, alcance: Scope = PUBLICO, **pedido: object) -> list[str]:
    consulta = nodo(texto) if texto else None
    return [acierto.key for acierto in motor.search(SearchRequest(alcance, consulta, **pedido)).hits]


def todas(motor: SearchEngine, pedido: SearchRequest) -> list[str]:
    return [clave for lote in motor.export(pedido, batch=7) for clave in lote]


class ContratoDelMotor:
    """Heredar y definir `abrir`."""

    def abrir(self, carpeta: Path) -> SearchEngine:
        raise NotImplementedError

    @pytest.fixture
    def motor(self, tmp_path: Path) -> Iterator[SearchEngine]:
        motor = self.abrir(tmp_path / "indice")
        yield motor
        motor.close()

    @pytest.fixture(params=[1, 2, 3])
    def semilla(self, request: pytest.FixtureRequest) -> int:
        return int(request.param)

    # Exactitud frente a la referencia

    def test_todo_lo_que_responde_es_lo_que_el_lector_puede_ver(self, motor: SearchEngine, semilla: int) -> None:
        operaciones = mundo.archivo(semilla, CUANTOS)
        llenar(motor, operaciones)
        azar = Random(semilla)
        for _ in range(6):
            alcance = mundo.alcance(azar, CUANTOS)
            espejo = open_engine("reference", Path(), ESQUEMA)
            llenar(espejo, mundo.solo_lo_visible(operaciones, alcance))
            for _ in range(20):
                self._comparar(motor, espejo, alcance, azar)

    def _comparar(self, motor: SearchEngine, espejo: SearchEngine, alcance: Scope, azar: Random) -> None:
        pedido = SearchRequest(
            alcance,
            mundo.consulta(azar),
            filters=mundo.filtros(azar),
            facets=FACETAS,
            sort=azar.choice(("relevance", "date", "-date", "title")),
            match=azar.choice(("auto", "auto", "all", "some")),
            limit=CUANTOS,
        )
        ajeno = replace(pedido, scope=Scope("all", LECTOR, frozenset()))
        suya, esperada = motor.search(pedido), espejo.search(ajeno)
        quien = f"{pedido.query} {pedido.filters} {pedido.sort} {pedido.match} {alcance}"
        assert (suya.total, suya.mode) == (esperada.total, esperada.mode), quien
        assert suya.facets == esperada.facets, quien
        propias, debidas = [acierto.key for acierto in suya.hits], [acierto.key for acierto in esperada.hits]
        assert sorted(propias) == sorted(debidas), quien
        assert pedido.sort == "relevance" or propias == debidas, quien
        assert sorted(todas(motor, pedido)) == sorted(debidas), quien
        self._comparar_palabras(motor, espejo, pedido, propias)

    def _comparar_palabras(self, motor: SearchEngine, espejo: SearchEngine, pedido: SearchRequest, propias: list[str]) -> None:
        ajeno = Scope("all", LECTOR, frozenset())
        if pedido.query is not None:
            suyas = motor.pages(propias, pedido.query, pedido.scope, per_item=99)
            debidas = espejo.pages(propias, pedido.query, ajeno, per_item=99)
            assert _paginas(suyas) == _paginas(debidas), pedido.query
            assert motor.correct(pedido.query, pedido.scope) == espejo.correct(pedido.query, ajeno), pedido.query
            escrito = str(pedido.query)[:-1]
            assert motor.suggest(escrito, pedido.scope, 9) == espejo.suggest(escrito, ajeno, 9), escrito

    def test_correcciones_y_sugerencias_no_delatan_lo_reservado(self, motor: SearchEngine) -> None:
        reservado = Document(
            key="r1", version=1, acl=frozenset({"titular"}), title="Plan zarzuplex", order=1, parts=(Part(1, "quimbolán"),)
        )
        llenar(motor, [Upsert("all", reservado), publico("k2", "Plan de obra", "obra pública")])
        oficina = Scope("all", frozenset({"p", "oficina"}), frozenset())
        titular = Scope("all", frozenset({"titular"}), frozenset())
        for alcance in (oficina, PUBLICO):
            assert motor.suggest("zarz", alcance) == ()
            assert motor.correct(nodo("zarzuplax"), alcance) is None
            for texto in ("zarzuplex", "zarzu*", "zarzuplax~", "título:zarzuplex", '"plan zarzuplex"', "quimbolán"):
                assert claves(motor, texto, alcance) == []
            assert motor.pages(["r1"], nodo("quimbolán"), alcance) == {}
            assert motor.similar("r1", alcance) == ()
        assert claves(motor, "zarzuplex", titular) == ["r1"]
        assert motor.correct(nodo("zarzuplax"), titular) == "zarzuplex"

    def test_una_revocacion_vale_antes_de_llegar_al_indice(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "Acta de obra", "uno", "dos"), publico("k2", "Acta de agua", "uno", "dos")])
        sin_k1 = replace(PUBLICO, revoked=frozenset({"k1"}))
        respuesta = motor.search(SearchRequest(sin_k1, nodo("acta"), facets=(Facet("tipo"),)))
        assert (respuesta.total, [acierto.key for acierto in respuesta.hits]) == (1, ["k2"])
        assert motor.pages(["k1", "k2"], nodo("uno"), sin_k1).keys() == {"k2"}
        assert motor.suggest("obr", sin_k1) == ()

    def test_sin_fichas_no_se_ve_nada(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "Acta")])
        assert claves(motor, None, Scope("pub", frozenset(), frozenset())) == []

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

    # Páginas

    def test_una_frase_cae_en_la_pagina_que_la_contiene(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "", "el agua potable llega", "potable el agua", "agua", "y potable al fin", "agua potable")])
        assert {p.number for p in motor.pages(["k1"], nodo('"agua potable"'), PUBLICO, 9)["k1"]} == {1, 5}
        assert claves(motor, '"agua y potable al fin"') == ["k1"]
        assert [p.number for p in motor.pages(["k1"], nodo('"agua y potable al fin"'), PUBLICO, 9)["k1"]] == [3]

    def test_una_frase_larga_que_cruza_paginas_cae_donde_empieza(self, motor: SearchEngine) -> None:
        uno, dos = "inicio " * 50 + "alfa beta gama", "delta épsilon dzeta " + "final " * 50
        llenar(motor, [publico("k1", "", uno, dos, "otra página")])
        for frase in ("gama delta", "alfa beta gama delta épsilon dzeta final final final", "beta gama delta épsilon"):
            assert claves(motor, f'"{frase}"') == ["k1"]
            assert [p.number for p in motor.pages(["k1"], nodo(f'"{frase}"'), PUBLICO, 9)["k1"]] == [1]
        assert [p.number for p in motor.pages(["k1"], nodo('"delta épsilon"'), PUBLICO, 9)["k1"]] == [2]

    def test_frases_de_archivos_distintos_no_se_juntan(self, motor: SearchEngine) -> None:
        partes = (Part(1, "fin de uno", label="a"), Part(2, "inicio de dos", label="b"), Part(4, "salto", label="b"))
        llenar(motor, [publico("k1", "", parts=partes)])
        assert claves(motor, '"uno inicio"') == []
        assert claves(motor, '"dos salto"') == []
        assert [(p.number, p.label) for p in motor.pages(["k1"], nodo("inicio"), PUBLICO)["k1"]] == [(2, "b")]

    def test_una_parte_reservada_no_da_pagina(self, motor: SearchEngine) -> None:
        partes = (Part(1, "abierto"), Part(2, "cerrado", acl=frozenset({"titular"})), Part(3, "abierto"))
        llenar(motor, [publico("k1", "", parts=partes)])
        assert motor.pages(["k1"], nodo("cerrado"), PUBLICO) == {}
        assert motor.pages(["k1"], nodo('"abierto cerrado"'), PUBLICO) == {}

    def test_un_elemento_de_una_parte_da_esa_parte(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "Título", "el texto")])
        assert [p.number for p in motor.pages(["k1"], nodo("textos"), PUBLICO)["k1"]] == [1]
        assert motor.pages(["k1"], nodo("título"), PUBLICO) == {}

    # Sugerencias, correcciones, parecidos

    def test_sugiere_como_se_escribe(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "Vacunación infantil"), publico("k2", "Vacunación y vacaciones"), publico("k3", "Vacas")])
        assert [(s.text, s.count) for s in motor.suggest("vacu", PUBLICO)] == [("vacunación", 2)]
        assert [s.text for s in motor.suggest("infantil VAC", PUBLICO)] == ["infantil vacunación"]
        assert motor.suggest("v", PUBLICO) == motor.suggest("vacas ", PUBLICO) == motor.suggest("", PUBLICO) == ()

    def test_corrige_lo_que_nadie_escribio(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "Vacunación infantil", "imprescriptible"), publico("k2", "Obra", "vacunación")])
        casos = {
            "vacunasion": "vacunación", "bacunación": "vacunación", "vacunaciones": None, "imprescritble": "imprescriptible",
            "vacuancion infantil": "vacunación infantil", "orba": "Obra".lower(), "zzzzzz": None, "-vacunasion": None, "123/2026": None,
        }  # fmt: skip
        for escrito, corregido in casos.items():
            assert motor.correct(nodo(escrito), PUBLICO) == corregido, escrito

    def test_parecidos_comparten_vocabulario(self, motor: SearchEngine) -> None:
        llenar(
            motor,
            [
                publico("k1", "Drenaje", "desazolve del drenaje profundo en temporada de lluvias"),
                publico("k2", "Drenaje", "lluvias y desazolve: drenaje profundo"),
                publico("k3", "Concierto", "música en la explanada"),
            ],
        )
        assert [acierto.key for acierto in motor.similar("k1", PUBLICO)] == ["k2"]
        assert motor.similar("no-existe", PUBLICO) == ()

    # Escritura

    def test_repetir_un_lote_no_cambia_nada(self, motor: SearchEngine) -> None:
        operaciones = mundo.archivo(4, 20)
        llenar(motor, operaciones)
        antes = sorted(motor.inventory("all")), motor.health().pages
        llenar(motor, operaciones + operaciones)
        assert (sorted(motor.inventory("all")), motor.health().pages) == antes
        assert not motor.verify().faults

    def test_una_version_anterior_no_reemplaza_a_la_nueva(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "nueva", version=5)])
        with motor.writer() as escritor:
            hecho = escritor.apply(
                [publico("k1", "vieja", version=4), publico("k2", "a", version=2), publico("k2", "b", version=1)]
            )
        assert (hecho.written, hecho.skipped) == (1, 2)
        assert claves(motor, "vieja") == claves(motor, "b") == []
        assert sorted(motor.inventory("pub")) == [("k1", 5), ("k2", 2)]

    def test_borrar_y_volver_a_poner(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "uno", "a", "b"), publico("k2", "dos")])
        with motor.writer() as escritor:
            escritor.apply([Delete("pub", "k1"), Delete("pub", "no-existe")])
        assert claves(motor, None) == ["k2"]
        assert motor.health().pages["pub"] == 0
        with motor.writer() as escritor:
            escritor.apply([Delete("pub", "k2"), publico("k2", "otra vez"), publico("k1", "tres"), Delete("pub", "k1")])
        assert claves(motor, None) == ["k2"]
        assert claves(motor, "otra") == ["k2"]

    def test_de_dos_variantes_a_una(self, motor: SearchEngine) -> None:
        ancha = Document(key="k1", version=1, acl=frozenset({"p"}), title="x", order=1, hidden_from=frozenset({"g"}))
        angosta = replace(ancha, variant=1, acl=frozenset({"g"}), hidden_from=frozenset(), parts=(Part(1, "secreto"),))
        llenar(motor, [Upsert("all", ancha, angosta)])
        miembro = Scope("all", frozenset({"p", "g"}), frozenset())
        assert motor.search(SearchRequest(miembro)).total == 1
        assert claves(motor, "secreto", miembro) == ["k1"]
        llenar(motor, [Upsert("all", replace(ancha, hidden_from=frozenset(), version=2))])
        assert motor.search(SearchRequest(miembro)).total == 1
        assert claves(motor, "secreto", miembro) == []
        assert list(motor.inventory("all")) == [("k1", 2)]

    def test_otra_generacion_se_arma_aparte_y_entra_entera(self, motor: SearchEngine) -> None:
        llenar(motor, [publico("k1", "vieja")])
        with motor.writer() as escritor:
            nueva = escritor.begin_generation()
            escritor.apply([publico("k2", "nueva")], generation=nueva, seq=7)
            assert claves(motor, None) == ["k1"]
            escritor.activate(nueva)
        assert claves(motor, None) == ["k2"]
        assert motor.applied_seq() == 7
        assert motor.health().generation == nueva.name

    def test_un_solo_escritor(self, motor: SearchEngine) -> None:
        with motor.writer(), pytest.raises(IndexBusy), motor.writer():
            pass

    def test_sin_indice_se_dice_y_la_salud_no_falla(self, motor: SearchEngine) -> None:
        with pytest.raises(SearchUnavailable):
            motor.search(SearchRequest(PUBLICO))
        assert motor.health().problem
        llenar(motor, [])
        assert motor.search(SearchRequest(PUBLICO, facets=FACETAS)).total == 0
        assert not motor.health().problem


def _paginas(paginas: object) -> dict[str, list[tuple[int, str]]]:
    return {clave: sorted((p.number, p.label) for p in suyas) for clave, suyas in dict(paginas).items()}  # type: ignore[call-overload]
