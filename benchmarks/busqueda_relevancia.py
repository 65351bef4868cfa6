"""Relevancia de la capa de motor con preguntas de respuesta conocida (MRR@10), sin Django ni base de datos.

    python benchmarks/busqueda_relevancia.py CARPETA_DE_DATOS [--motor tantivy]

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

from search import Document, Part, Schema, Scope, SearchEngine, SearchRequest, Upsert, open_engine, parse, split_parts

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


def main() -> int:
    argumentos = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    argumentos.add_argument("datos", type=Path, nargs="?", default=os.environ.get("ACERVO_DATOS_PRUEBA"))
    argumentos.add_argument("--motor", default="tantivy")
    opciones = argumentos.parse_args()
    if opciones.datos is None:
        argumentos.error("falta la carpeta de datos (o la variable ACERVO_DATOS_PRUEBA)")
    bien = True
    for nombre, filas, consultas in conjuntos(Path(opciones.datos)):
        with tempfile.TemporaryDirectory() as carpeta:
            motor = open_engine(opciones.motor, Path(carpeta), Schema(()))
            segundos = indexar(motor, filas)
            mrr, primeros, tiempos = medir(motor, consultas)
        p50, p95 = tiempos[len(tiempos) // 2], tiempos[int(len(tiempos) * 0.95)]
        bien &= mrr >= METAS[nombre]
        print(
            f"{nombre}: {len(filas)} documentos en {segundos:.1f} s; {len(consultas)} preguntas; MRR@10 {mrr:.4f} "
            f"(meta {METAS[nombre]}); primero {primeros:.3f}; p50 {p50:.2f} ms, p95 {p95:.2f} ms"
        )
    return 0 if bien else 1


if __name__ == "__main__":
    sys.exit(main())
