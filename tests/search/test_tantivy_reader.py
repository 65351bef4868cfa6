"""Lo que recuerda una foto del índice: entre hilos, y sin llenar la memoria."""

from __future__ import annotations

from pathlib import Path

import pytest

from search import Document, Facet, Keyword, Schema, SearchRequest, Upsert, open_engine
from search.backends.tantivy import reader
from search.backends.tantivy.reader import Snapshot
from tests.search.contrato import PUBLICO


class QueOtroHiloVacia:
    """Una pregunta repetida: mientras se vuelve a buscar su respuesta, otro hilo vacía lo recordado."""

    def __init__(self, foto: Snapshot) -> None:
        self.foto, self.veces = foto, 0

    def __hash__(self) -> int:
        self.veces += 1
        if self.veces == 4:
            self.foto._kept.clear()
        return 1


def test_que_otro_hilo_vacie_lo_recordado_no_rompe_una_busqueda() -> None:
    foto = Snapshot(None, None)  # type: ignore[arg-type]
    pregunta = QueOtroHiloVacia(foto)
    assert [foto.once(pregunta, lambda: "respuesta") for _ in range(4)] == ["respuesta"] * 4


def test_las_facetas_de_muchos_valores_no_se_amontonan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_VALUES", 25)
    motor = open_engine("tantivy", tmp_path, Schema([Keyword("tema")]), heap_mb=64)
    documentos = [
        Upsert(
            "pub", Document(key=f"k{n}", version=1, title=f"acta {n}", acl=PUBLICO.acl, order=n, keywords={"tema": (f"t{n}",)})
        )
        for n in range(10)
    ]
    with motor.writer() as escritor:
        escritor.ensure_generation()
        escritor.apply(documentos)
    guardadas = []
    for tamano in range(1, 9):
        motor.search(SearchRequest(PUBLICO, facets=(Facet("tema", tamano),), limit=tamano))
        foto = motor._readers.snapshot("pub")
        guardadas.append(sum(cuantos for _, cuantos in foto._kept.values()))
    assert max(guardadas) == 20 and guardadas[-1] <= 25
