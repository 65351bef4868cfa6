"""Las fixtures de los motores externos: un servidor de cada uno por corrida; sin él, la prueba se salta y dice qué falta."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servidores.motores import Motor, en_marcha
from tests.servidores.postgres import NoDisponible


def _corrida(fabrica: pytest.TempPathFactory) -> Path:
    base = fabrica.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


def _servidor(nombre: str, fabrica: pytest.TempPathFactory) -> Iterator[Motor]:
    try:
        with en_marcha(nombre, _corrida(fabrica)) as motor:
            yield motor
    except NoDisponible as motivo:
        if os.environ.get("ACERVO_EXIGIR_MOTORES") == "1":
            pytest.fail(f"ACERVO_EXIGIR_MOTORES=1 y {motivo}")
        pytest.skip(f"omitida: {motivo}")


@pytest.fixture(scope="session")
def elasticsearch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Motor]:
    """Un Elasticsearch de verdad."""
    yield from _servidor("elasticsearch", tmp_path_factory)


@pytest.fixture(scope="session")
def opensearch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Motor]:
    """Un OpenSearch de verdad."""
    yield from _servidor("opensearch", tmp_path_factory)
