"""Elasticsearch y OpenSearch de verdad: el contrato entero sobre cada uno.

Crear un índice en un servidor cuesta segundos: cada proceso usa un prefijo suyo y lo vacía antes de cada prueba.
"""

import itertools
import json
import os
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from search import ClusterOptions, Delete, Schema, SearchEngine, open_engine
from search.backends.cluster import sources
from tests.search.contrato import ContratoDelMotor, claves, publico
from tests.search.mundo import ESQUEMA, llenar
from tests.servidores.motores import Motor

pytestmark = pytest.mark.motores
_numeros = itertools.count(1)
_de_este_proceso: dict[str, SearchEngine] = {}
_sin_memoria: set[tuple[str, str]] = set()


def abrir(servidor: Motor, prefijo: str, esquema: Schema = ESQUEMA) -> SearchEngine:
    return open_engine(servidor.ajuste, Path(), esquema, cluster=ClusterOptions(prefix=prefijo, patience=30.0))


def abierto(servidor: Motor) -> Iterator[SearchEngine]:
    """Un motor sin índice, con un prefijo que es sólo de esta prueba."""
    motor = abrir(servidor, f"p{os.getpid()}_{next(_numeros)}")
    yield motor
    motor.forget_everything()  # type: ignore[attr-defined]
    motor.close()


def vacio(servidor: Motor) -> SearchEngine:
    """El motor de este proceso, con un índice sin nada."""
    prefijo = f"p{os.getpid()}"
    motor = _de_este_proceso.setdefault(servidor.url, abrir(servidor, prefijo))
    with motor.writer() as escritor:
        escritor.ensure_generation()
        for indice in ("all", "pub"):
            escritor.apply([Delete(indice, clave) for clave, _ in motor.inventory(indice)])
    _olvidar_borrados(servidor, prefijo, motor.health().generation)
    return motor


def _olvidar_borrados(servidor: Motor, prefijo: str, generacion: str) -> None:
    """Un servidor recuerda un minuto la versión de lo borrado, y aquí cada prueba empieza otra vez en la uno."""
    if (servidor.url, generacion) in _sin_memoria:
        return
    pedido = urllib.request.Request(f"{servidor.url}/{prefijo}-*-g*/_settings", method="PUT")
    pedido.add_header("content-type", "application/json")
    abrir_sin_intermediario = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    abrir_sin_intermediario(pedido, json.dumps({"index.gc_deletes": "0s"}).encode(), timeout=30).close()
    _sin_memoria.add((servidor.url, generacion))


class EnServidor(ContratoDelMotor):
    """El contrato, y lo que necesita un servidor sin índice."""

    @pytest.fixture
    def motor_nuevo(self) -> Iterator[SearchEngine]:
        raise AssertionError("lo da cada servidor")

    @pytest.fixture
    def motor_sin_pasado(self, motor_nuevo: SearchEngine) -> SearchEngine:
        with motor_nuevo.writer() as escritor:
            escritor.ensure_generation()
        return motor_nuevo

    def test_sin_indice_se_dice_y_la_salud_no_falla(self, motor_nuevo: SearchEngine) -> None:
        super().test_sin_indice_se_dice_y_la_salud_no_falla(motor_nuevo)
        assert not motor_nuevo.health().rebuild

    @pytest.mark.parametrize("compone", ["item_source", "page_source"])
    def test_lo_que_el_servidor_no_acepta_sale_y_lo_demas_entra(
        self, motor: SearchEngine, monkeypatch: pytest.MonkeyPatch, compone: str
    ) -> None:
        llenar(motor, [publico("k1", "hoja primera", "uno", "dos"), publico("k2", "hoja segunda")])
        with monkeypatch.context() as con_defecto:
            con_defecto.setattr(sources, compone, _con_un_dia_imposible(getattr(sources, compone)))
            with motor.writer() as escritor:
                hecho = escritor.apply(
                    [publico("k1", "hoja tercera", "uno", "dos", "tres", version=2), publico("k3", "hoja", "a", "b")]
                )
        assert (hecho.written, list(hecho.refused)) == (1, ["k1"])
        assert "parsing_exception" in hecho.refused["k1"] and "imposible" not in hecho.refused["k1"]
        assert sorted(claves(motor, "hoja")) == ["k2", "k3"]
        assert (motor.health().pages["pub"], motor.verify().faults) == (2, ())
        llenar(motor, [publico("k1", "hoja tercera", "uno", "dos", "tres", version=2)])
        assert sorted(claves(motor, "hoja")) == ["k1", "k2", "k3"]

    def test_una_construccion_dice_lo_que_no_acepto_el_servidor(
        self, motor: SearchEngine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lote = [publico("k1", "hoja", "uno", "dos"), publico("k3", "hoja", "a", "b")]
        with motor.writer() as escritor:
            nueva = escritor.begin_generation()
            with monkeypatch.context() as con_defecto:
                con_defecto.setattr(sources, "item_source", _con_un_dia_imposible(sources.item_source))
                rechazadas = escritor.load(motor.prepare(lote), nueva)
                hecho = escritor.apply(lote[:1], generation=nueva)
            escritor.activate(nueva)
        assert list(rechazadas) == list(hecho.refused) == ["k1"]
        assert (claves(motor, "hoja"), motor.verify().faults, motor.health().pages["pub"]) == (["k3"], (), 2)


def _con_un_dia_imposible(compone: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """La ficha de «k1», con un dato que ningún servidor acepta."""

    def componer(*datos: Any, **lo_demas: Any) -> dict[str, Any]:
        ficha = compone(*datos, **lo_demas)
        return ficha | {"order": "imposible"} if ficha["key"] == "k1" else ficha

    return componer


class TestElasticsearch(EnServidor):
    @pytest.fixture
    def motor(self, elasticsearch: Motor) -> SearchEngine:
        return vacio(elasticsearch)

    @pytest.fixture
    def motor_nuevo(self, elasticsearch: Motor) -> Iterator[SearchEngine]:
        yield from abierto(elasticsearch)


class TestOpenSearch(EnServidor):
    @pytest.fixture
    def motor(self, opensearch: Motor) -> SearchEngine:
        return vacio(opensearch)

    @pytest.fixture
    def motor_nuevo(self, opensearch: Motor) -> Iterator[SearchEngine]:
        yield from abierto(opensearch)
