"""Relevancia de la capa de motor con preguntas de respuesta conocida (MRR@10), sin Django ni base de datos.

    python benchmarks/busqueda_relevancia.py CARPETA_DE_DATOS [--motor tantivy|elasticsearch|opensearch] [--url URL]

Sin `--url`, arranca el servidor para la medida.
La carpeta (o la variable ACERVO_DATOS_PRUEBA) es la que trae `recuperacion/` y `texto/`. Termina con 1 si alguna marca no se alcanza.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.servidor import MOTORES, motor_en_marcha
from search import (
    ClusterOptions,
    Document,
    Part,
    Schema,
    Scope,
    SearchEngine,
    SearchRequest,
    Upsert,
    open_engine,
    parse,
    split_parts,
)

PUBLICO = frozenset({"p"})
ALCANCE = Scope("pub", PUBLICO, frozenset())
METAS = {"xquad_es": 0.965, "jornada_balazo": 0.855}


def lineas(ruta: Path) -> list[dict[str, Any]]:
    with gzip.open(ruta, "rt") as archivo:
        return [json.loads(linea) for linea in archivo]


def conjuntos(datos: Path) -> Iterator[tuple[str, list[dict[str, Any]], list[dict[str, Any]]]]:
    recuperacion = datos / "recuperacion"
    yield (
        "xquad_es",
        lineas(recuperacion / "xquad_es.docs.dev.jsonl.gz"),
        lineas(recuperacion / "xquad_es.consultas.dev.jsonl.gz"),
    )
    notas = lineas(datos / "texto" / "mx_jornada_zacatecas.jsonl.gz")
    publicadas = [nota for nota in notas if (nota.get("extra") or {}).get("publicado") is not False]
    yield "jornada_balazo", publicadas, lineas(recuperacion / "jornada_balazo.consultas.dev.jsonl.gz")


def documento(orden: int, fila: dict[str, Any]) -> Document:
    partes = tuple(Part(numero, texto) for numero, texto in enumerate(split_parts(fila["texto"] or ""), 1))
    return Document(key=fila["id"], version=1, acl=PUBLICO, title=fila["titulo"] or "", order=orden, parts=partes)


def indexar(motor: SearchEngine, filas: list[dict[str, Any]]) -> float:
    inicio = time.perf_counter()
    with motor.writer() as escritor:
        escritor.ensure_generation()
        escritor.apply([Upsert("pub", documento(orden, fila)) for orden, fila in enumerate(filas)])
    return time.perf_counter() - inicio


def medir(motor: SearchEngine, consultas: list[dict[str, Any]]) -> tuple[float, float, list[float]]:
    suma = primeros = 0.0
    tiempos: list[float] = []
    for consulta in consultas:
        inicio = time.perf_counter()
        respuesta = motor.search(SearchRequest(ALCANCE, parse(consulta["consulta"]), limit=10))
        tiempos.append((time.perf_counter() - inicio) * 1000)
        buscadas = set(consulta.get("relevantes") or [consulta.get("doc")])
        lugar = next((n for n, acierto in enumerate(respuesta.hits, 1) if acierto.key in buscadas), None)
        suma += 1 / lugar if lugar else 0
        primeros += lugar == 1
    return suma / len(consultas), primeros / len(consultas), sorted(tiempos)


def alcanza(motor: str, taller: Path, conjunto: tuple[str, list[dict[str, Any]], list[dict[str, Any]]]) -> bool:
    """Mide un conjunto, lo dice y responde si llega a su marca."""
    nombre, filas, consultas = conjunto
    externo = ClusterOptions(prefix=f"relevancia_{os.getpid()}", patience=30.0) if ":" in motor else None
    abierto = open_engine(motor, taller / nombre, Schema(()), cluster=externo)
    try:
        segundos = indexar(abierto, filas)
        mrr, primeros, tiempos = medir(abierto, consultas)
    finally:
        if externo:
            abierto.forget_everything()
    p50, p95 = tiempos[len(tiempos) // 2], tiempos[int(len(tiempos) * 0.95)]
    print(
        f"{nombre}: {len(filas)} documentos en {segundos:.1f} s; {len(consultas)} preguntas; MRR@10 {mrr:.4f} "
        f"(meta {METAS[nombre]}); primero {primeros:.3f}; p50 {p50:.2f} ms, p95 {p95:.2f} ms",
        flush=True,
    )
    return mrr >= METAS[nombre]


def main() -> int:
    argumentos = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    argumentos.add_argument("datos", type=Path, nargs="?", default=os.environ.get("ACERVO_DATOS_PRUEBA"))
    argumentos.add_argument("--motor", choices=MOTORES, default="tantivy")
    argumentos.add_argument("--url", help="un servidor que ya está en marcha")
    opciones = argumentos.parse_args()
    if opciones.datos is None:
        argumentos.error("falta la carpeta de datos (o la variable ACERVO_DATOS_PRUEBA)")
    with tempfile.TemporaryDirectory() as taller, motor_en_marcha(opciones.motor, opciones.url, Path(taller)) as (nombre, _):
        bien = [alcanza(nombre, Path(taller), conjunto) for conjunto in conjuntos(Path(opciones.datos))]
    return 0 if all(bien) else 1


if __name__ == "__main__":
    sys.exit(main())
