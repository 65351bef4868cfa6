"""Elasticsearch y OpenSearch de verdad: el contrato entero sobre cada uno."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from search import ClusterOptions, Schema, SearchEngine, open_engine
from tests.search.contrato import ContratoDelMotor
from tests.search.mundo import ESQUEMA
from tests.servidores.motores import Motor

pytestmark = pytest.mark.motores
_numeros = itertools.count(1)


def abierto(servidor: Motor, esquema: Schema = ESQUEMA) -> Iterator[SearchEngine]:
    """Un motor vacío, con un prefijo que es sólo de esta prueba y de este proceso."""
    opciones = ClusterOptions(prefix=f"p{os.getpid()}_{next(_numeros)}", patience=20.0)
    motor = open_engine(servidor.ajuste, Path(), esquema, cluster=opciones)
    yield motor
    motor.forget_everything()  # type: ignore[attr-defined]
    motor.close()


class TestElasticsearch(ContratoDelMotor):
    @pytest.fixture
    def motor(self, elasticsearch: Motor) -> Iterator[SearchEngine]:
        yield from abierto(elasticsearch)


class TestOpenSearch(ContratoDelMotor):
    @pytest.fixture
    def motor(self, opensearch: Motor) -> Iterator[SearchEngine]:
        yield from abierto(opensearch)
