"""El contrato: recorrer una lista por tramos, a cualquier profundidad y en los dos sentidos."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from search import Between, In, InvalidRequest, Place, Scope, SearchEngine, SearchRequest, Upsert, place_of, places
from tests.search.contrato_base import PUBLICO, ConMotor, claves, nodo, publico, todas
from tests.search.mundo import llenar

ORDENES = ("date", "-date", "title", "-order")
CUANTOS = 60


def fondo() -> list[Upsert]:
    """Documentos con fechas repetidas y sin fecha, y unos que nadie público ve."""
    azar = Random(7)
    hechos = []
    for n in range(1, CUANTOS + 1):
        dia = date(1990, 1, 1) + timedelta(days=azar.randrange(20)) if n % 7 else None
        fechas = {"date_from": dia, "date_to": dia} if dia else {}
        acl = frozenset({"titular"}) if n % 10 == 0 else frozenset({"p"})
        texto = "agua" if n % 3 else "drenaje"
        hechos.append(publico(f"k{n}", f"Título {n % 5}", texto, acl=acl, keywords={"tipo": (f"t{n % 2}",)}, **fechas))
    return hechos


class Tramos(ConMotor):
    """Cada página empieza donde acabó la otra."""

    @pytest.mark.parametrize("orden", ORDENES)
    @pytest.mark.parametrize(("texto", "filtros"), [(None, {}), ("agua", {}), ("agua", {"tipo": In(frozenset({"t1"}))})])
    def test_los_tramos_cubren_la_lista_de_ida_y_de_vuelta(
        self, motor: SearchEngine, orden: str, texto: str | None, filtros: dict[str, In]
    ) -> None:
        llenar(motor, fondo())
        pedido = {"filters": filtros, "sort": orden}
        entera = todas(motor, SearchRequest(PUBLICO, nodo(texto) if texto else None, **pedido))
        ida, ultima = [], ""
        while tramo := claves(motor, texto, limit=7, after=ultima, **pedido):
            ida += tramo
            ultima = tramo[-1]
        assert ida == entera and len(set(ida)) == len(ida) > 14
        vuelta, primera = [], ida[-1]
        while tramo := claves(motor, texto, limit=7, before=primera, **pedido):
            vuelta = tramo + vuelta
            primera = tramo[0]
        assert vuelta == entera[:-1]

    def test_el_total_es_el_de_toda_la_lista(self, motor: SearchEngine) -> None:
        llenar(motor, fondo())
        primera = motor.search(SearchRequest(PUBLICO, nodo("agua"), sort="-date", limit=5))
        segunda = motor.search(SearchRequest(PUBLICO, nodo("agua"), sort="-date", limit=5, after=primera.hits[-1].key))
        assert primera.total == segunda.total > 10

    def test_se_sigue_desde_lo_que_ya_no_esta_en_la_lista(self, motor: SearchEngine) -> None:
        llenar(motor, fondo())
        sin_dos = claves(motor, "agua", sort="-order", limit=99)
        assert "k57" not in sin_dos
        assert claves(motor, "agua", sort="-order", limit=2, after="k57") == [k for k in sin_dos if int(k[1:]) < 57][:2]

    def test_lo_que_el_lector_no_ve_no_dice_donde_esta(self, motor: SearchEngine) -> None:
        llenar(motor, fondo())
        inicio = claves(motor, None, sort="-order", limit=5)
        assert (
            claves(motor, None, sort="-order", limit=5, after="k30")
            == inicio
            == claves(motor, None, sort="-order", limit=5, after="no")
        )
        assert claves(motor, None, Scope("pub", frozenset({"titular"}), frozenset()), sort="-order", limit=1, after="k30") == [
            "k20"
        ]

    def test_lo_que_no_se_puede_recorrer_asi_se_dice(self) -> None:
        for mal in ({"sort": "relevance"}, {"sort": "date", "offset": 5}, {"sort": "date", "before": "k2"}):
            with pytest.raises(InvalidRequest):
                SearchRequest(PUBLICO, None, after="k1", **mal)

    def test_un_filtro_de_fechas_y_un_tramo_se_suman(self, motor: SearchEngine) -> None:
        llenar(motor, fondo())
        pedido = {"filters": {"date": Between("1990-01-05", "1990-01-12")}, "sort": "-date"}
        entera = claves(motor, None, limit=99, **pedido)
        assert claves(motor, None, limit=99, after=entera[2], **pedido) == entera[3:]

    # «Resultado 3 de 128 · anterior · siguiente»

    @pytest.mark.parametrize("orden", ["relevance", "date", "-date", "title", "-order"])
    @pytest.mark.parametrize("texto", [None, "agua título"])
    def test_el_lugar_de_cada_uno_y_sus_vecinos(self, motor: SearchEngine, orden: str, texto: str | None) -> None:
        llenar(motor, fondo())
        pedido = SearchRequest(PUBLICO, nodo(texto) if texto else None, sort=orden, limit=5)
        lista = claves(motor, texto, sort=orden, limit=99)
        assert len(lista) > 30 and todas(motor, pedido) == lista
        bordes = ["", *lista, ""]
        for n in (1, 2, 17, len(lista)):
            esperado = Place(n, len(lista), bordes[n - 1], bordes[n + 1])
            halladas = {place_of(motor, pedido, lista[n - 1], hint) for hint in (0, n, n + 3, 9_000)}
            assert halladas == {esperado}
        ajenas = [k for k in ("k30", "no-existe") if place_of(motor, pedido, k, 3)]
        assert ajenas == []

    def test_lo_que_esta_muy_hondo_conserva_a_sus_vecinos(self, motor: SearchEngine, monkeypatch: pytest.MonkeyPatch) -> None:
        llenar(motor, fondo())
        monkeypatch.setattr(places, "MAX_OFFSET", 10)
        monkeypatch.setattr(places, "_STEP", 5)
        lista = claves(motor, "agua", sort="-order", limit=99)
        pedido = SearchRequest(PUBLICO, nodo("agua"), sort="-order")
        assert place_of(motor, pedido, lista[20], 21) == Place(21, len(lista), lista[19], lista[21])
        assert place_of(motor, pedido, lista[-1]) == Place(0, len(lista), lista[-2], "")
        assert place_of(motor, pedido, "k57", 15) is None
        assert place_of(motor, SearchRequest(PUBLICO, nodo("agua")), claves(motor, "agua", limit=99)[20]) is None
