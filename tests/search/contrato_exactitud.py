"""El contrato: lo que un lector ve, cuenta y se le sugiere es exactamente lo suyo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from search import (
    Document,
    Facet,
    Part,
    Scope,
    SearchEngine,
    SearchRequest,
    Upsert,
    open_engine,
)
from search.selfcheck import differences
from tests.search import mundo
from tests.search.contrato_base import PUBLICO, ConMotor, claves, nodo, publico
from tests.search.mundo import ESQUEMA, llenar

CUANTOS = 70
FACETAS = (Facet("tipo", 50), Facet("area", 50), Facet("anio", 50), Facet("numero", 50))


class Exactitud(ConMotor):
    """Cada respuesta, comparada con una referencia que sólo contiene lo que ese lector puede ver."""

    @pytest.fixture(params=[1, 2, 3])
    def semilla(self, request: pytest.FixtureRequest) -> int:
        return int(request.param)

    # Exactitud frente a la referencia

    def test_todo_lo_que_responde_es_lo_que_el_lector_puede_ver(self, motor: SearchEngine, semilla: int) -> None:
        operaciones = mundo.archivo(semilla, CUANTOS)
        llenar(motor, operaciones)
        azar = Random(semilla)
        for _ in range(5):
            alcance = mundo.alcance(azar, CUANTOS)
            espejo = open_engine("reference", Path(), ESQUEMA)
            llenar(espejo, mundo.solo_lo_visible(operaciones, alcance))
            for _ in range(20):
                pedido = _pedido(alcance, azar)
                assert list(differences(motor, espejo, pedido)) == []

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


def _pedido(alcance: Scope, azar: Random) -> SearchRequest:
    return SearchRequest(
        alcance,
        mundo.consulta(azar),
        filters=mundo.filtros(azar),
        facets=FACETAS,
        sort=azar.choice(("relevance", "date", "-date", "title")),
        match=azar.choice(("auto", "auto", "all", "some")),
        limit=CUANTOS,
    )
