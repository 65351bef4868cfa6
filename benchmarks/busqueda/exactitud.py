"""Que lo medido sea cierto: lo que responde el motor, contra la referencia por fuerza bruta, con lectores y peticiones al azar."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.busqueda.armado import operaciones
from benchmarks.busqueda.corpus import CAMPOS, ESQUEMA, GRUPOS, TIPOS, Lengua, documentos
from benchmarks.busqueda.preguntas import Pregunta, Preguntas
from search import Between, ClusterOptions, Facet, Filter, In, Scope, SearchEngine, SearchRequest, open_engine, parse

MUESTRA = 500
PETICIONES = 200
ORDENES = ("date", "-date", "title", "-order")
_FACETAS = tuple(Facet(nombre, 2_000) for nombre in ("tipo", "area", "temas", "medio", "serie", "anio"))


def diferencias(nombre: str, lengua: Lengua, todas: Preguntas, opciones: ClusterOptions | None = None) -> list[str]:
    """De 200 peticiones, las que no responden igual que la referencia: totales, modo, claves en orden y facetas."""
    with TemporaryDirectory() as carpeta:
        motor = open_engine(nombre, Path(carpeta), ESQUEMA, cluster=opciones)
        referencia = open_engine("reference", Path(carpeta), ESQUEMA)
        for cada in (motor, referencia):
            _llenar(cada, lengua)
        azar = Random(5)
        pedidos = [_pedido(azar, todas) for _ in range(PETICIONES)]
        distintas = [repr(pedido) for pedido in pedidos if motor.search(pedido) != referencia.search(pedido)]
        motor.forget_everything()
    return distintas


def _llenar(motor: SearchEngine, lengua: Lengua) -> None:
    with motor.writer() as escritor:
        escritor.ensure_generation()
        escritor.apply([una for documento in documentos(lengua, 0, MUESTRA) for una in operaciones(documento)])


def _pedido(azar: Random, todas: Preguntas) -> SearchRequest:
    clases: list[list[Pregunta]] = [todas.frecuentes, todas.medias, todas.de_dos, todas.de_tres, todas.frases, [Pregunta()]]
    texto = azar.choice(azar.choice(clases)).texto
    return SearchRequest(
        _alcance(azar),
        parse(texto, CAMPOS) if texto else None,
        filters=_filtros(azar),
        facets=_FACETAS,
        sort=azar.choice(ORDENES),  # type: ignore[arg-type]
        offset=azar.choice((0, 0, 20)),
    )


def _alcance(azar: Random) -> Scope:
    retiradas = frozenset(f"e{azar.randrange(MUESTRA)}" for _ in range(azar.choice((0, 0, 3))))
    if azar.random() < 0.3:
        return Scope("pub", frozenset({"p"}), retiradas)
    return Scope("all", frozenset(azar.sample(("p", *GRUPOS), azar.randrange(1, 5))), retiradas)


def _filtros(azar: Random) -> dict[str, Filter]:
    desde = azar.randrange(1960, 2020)
    posibles: dict[str, Filter] = {
        "tipo": In(frozenset(azar.sample(TIPOS, 2))),
        "anio": Between(desde, desde + azar.randrange(30)),
        "temas": In(frozenset(f"tema-{azar.randrange(40):03d}" for _ in range(3))),
        "date": Between(str(desde), None),
    }
    return {nombre: posibles[nombre] for nombre in azar.sample(sorted(posibles), azar.choice((0, 1, 1, 2)))}
