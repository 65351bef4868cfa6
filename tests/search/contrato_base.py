"""Lo común a las partes del contrato: el motor de cada prueba y maneras breves de llenarlo y preguntarle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search import (
    Document,
    Node,
    Part,
    Scope,
    SearchEngine,
    SearchRequest,
    Upsert,
    parse,
)
from tests.search.mundo import CAMPOS

PUBLICO = Scope("pub", frozenset({"p"}), frozenset())


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


class ConMotor:
    """Heredar y definir `abrir`."""

    def abrir(self, carpeta: Path) -> SearchEngine:
        raise NotImplementedError

    @pytest.fixture
    def motor(self, tmp_path: Path) -> Iterator[SearchEngine]:
        motor = self.abrir(tmp_path / "indice")
        yield motor
        motor.close()

    @pytest.fixture
    def motor_sin_pasado(self, motor: SearchEngine) -> SearchEngine:
        """Un motor donde nada se ha borrado: lo borrado pesa en las frecuencias hasta que se compacta."""
        return motor
