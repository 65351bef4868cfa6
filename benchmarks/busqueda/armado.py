"""Armar el archivo inventado con el producto, una vez, y guardar de él lo que las medidas necesitan."""

from __future__ import annotations

import hashlib
import json
import resource
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import batched
from pathlib import Path

from benchmarks.busqueda.corpus import PUBLICO, Lengua, documentos, letras, sumar
from search import Document, SearchEngine, Upsert

LOTE = 1_000


@dataclass
class Ficha:
    """De qué archivo es un índice y cuánto costó armarlo. Los textos, en bytes; los tiempos, en segundos."""

    documentos: int
    huella: str = ""
    texto: int = 0
    texto_publico: int = 0
    paginas: int = 0
    pared: float = 0.0
    procesador: float = 0.0
    memoria_mb: int = 0


def operaciones(documento: Document) -> list[Upsert]:
    """Un documento va al índice de todo y, si es público, también al público."""
    publica = [Upsert("pub", documento)] if documento.acl == PUBLICO else []
    return [Upsert("all", documento), *publica]


def armar(motor: SearchEngine, lengua: Lengua, cuantos: int) -> Ficha:
    """Escribe los documentos en una generación nueva y la pone en uso."""
    ficha, huella = Ficha(cuantos), hashlib.sha256()
    inicio, procesador = time.perf_counter(), time.process_time()
    with motor.writer(timeout=60) as escritor:
        generacion = escritor.begin_generation()
        for lote in batched(_contados(lengua, cuantos, ficha, huella), LOTE):
            escritor.apply([cada for documento in lote for cada in operaciones(documento)], generation=generacion)
        escritor.activate(generacion)
    memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    pared, gastado = time.perf_counter() - inicio, time.process_time() - procesador
    return replace(ficha, huella=huella.hexdigest()[:16], pared=pared, procesador=gastado, memoria_mb=memoria)


def _contados(lengua: Lengua, cuantos: int, ficha: Ficha, huella: hashlib._Hash) -> Iterator[Document]:
    for documento in documentos(lengua, 0, cuantos):
        bytes_suyos = letras(documento)
        ficha.texto += bytes_suyos
        ficha.texto_publico += bytes_suyos if documento.acl == PUBLICO else 0
        ficha.paginas += len(documento.parts) if len(documento.parts) > 1 else 0
        sumar(huella, documento)
        yield documento


def guardar(ruta: Path, ficha: Ficha) -> None:
    ruta.write_text(json.dumps(asdict(ficha), indent=1))


def recordar(ruta: Path) -> Ficha:
    """La ficha guardada; FileNotFoundError si el archivo no se ha armado."""
    return Ficha(**json.loads(ruta.read_text()))
