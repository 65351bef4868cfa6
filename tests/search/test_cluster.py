"""Elasticsearch y OpenSearch de verdad: el contrato entero sobre cada uno.

Crear un índice en un servidor cuesta segundos: cada proceso usa un prefijo suyo y lo vacía antes de cada prueba.
"""

import itertools
import json
import os
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from search import ClusterOptions, Delete, Schema, SearchEngine, open_engine
from tests.search.contrato import ContratoDelMotor
from tests.search.mundo import ESQUEMA
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
