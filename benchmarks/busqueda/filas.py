"""Las filas de la tabla: qué se pide, al producto y al motor desnudo, y a qué meta."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from benchmarks.busqueda.capa import ALCANCE, Capa
from benchmarks.busqueda.crudo import Crudo
from benchmarks.busqueda.preguntas import Pregunta, Preguntas
from search import SearchEngine, SearchRequest, parse

HONDO = 9_980
EXPORTADAS = 100_000
CALENTAR = 5
MUCHAS = 24
Forma = Callable[[Pregunta], int]


@dataclass(frozen=True)
class Fila:
    """Una operación. Las metas son el p95 de pared en ms, con un cliente y con ocho; None es que no la hay.

    `desnuda` falta cuando el motor por sí solo no sabe hacer lo mismo. `iguales`: los dos deben hallar el mismo total.
    """

    nombre: str
    capa: Forma
    desnuda: Forma | None
    preguntas: Sequence[Pregunta]
    metas: tuple[float | None, float | None] = (None, None)
    iguales: bool = True


def filas(capa: Capa, crudo: Crudo, todas: Preguntas, hondas: Sequence[Pregunta]) -> list[Fila]:
    """En el orden de la tabla. `hondas` son palabras con más de diez mil resultados, y la clave de uno de enmedio."""
    return [*_sin_saltos(capa, crudo, todas), *_hondas(capa, crudo, todas, hondas)]


def _sin_saltos(capa: Capa, crudo: Crudo, todas: Preguntas) -> list[Fila]:
    veces = [Pregunta(desde=n) for n in range(24)]
    return [
        Fila("palabra frecuente", capa.palabras, crudo.palabras, todas.frecuentes),
        Fila("palabra media", capa.palabras, crudo.palabras, todas.medias),
        Fila("palabra rara", capa.palabras, crudo.palabras, todas.raras),
        Fila("dos palabras", capa.palabras, crudo.palabras, todas.de_dos),
        Fila("tres palabras", capa.palabras, crudo.palabras, todas.de_tres),
        Fila("dos; a mano, sin mirar las juntas", capa.palabras, crudo.llanas, todas.de_dos, iguales=False),
        Fila("tres; a mano, sin mirar las juntas", capa.palabras, crudo.llanas, todas.de_tres, iguales=False),
        Fila("frase", capa.frase, crudo.frase, todas.frases),
        Fila("palabra, tipo y años; 5 facetas e histograma", capa.filtrada, crudo.filtrada, todas.filtradas, (20, 80)),
        Fila("lo mismo, sin el filtro propio (3 pasadas)", capa.multiple, crudo.multiple, todas.filtradas, (35, 110)),
        Fila("palabra frecuente; 5 facetas e histograma", capa.con_facetas, crudo.con_facetas, todas.frecuentes),
        Fila("sugerir", capa.sugerir, crudo.sugerir, todas.comienzos, (10, None), iguales=False),
        Fila("20 resultados con fragmento", capa.fragmentos, None, todas.medias, (15, None)),
        Fila("las páginas de esos 20", capa.paginas, None, todas.medias, (8, None)),
        Fila("todo el archivo, sin guardar", capa.todo_de_nuevo, crudo.todo, veces, (90, None)),
        Fila("todo el archivo, ya contado", capa.todo, None, veces, (5, None)),
        Fila("palabra media, por fecha", capa.por_fecha, crudo.por_fecha, todas.medias),
        Fila("palabra media, por título", capa.por_titulo, crudo.por_titulo, todas.medias),
    ]


def _hondas(capa: Capa, crudo: Crudo, todas: Preguntas, hondas: Sequence[Pregunta]) -> list[Fila]:
    lejos = [replace(cada, desde=HONDO) for cada in hondas]
    largas = [replace(cada, desde=EXPORTADAS) for cada in hondas[:3]]
    pasos = [replace(cada, desde=20 * (n % 20 + 1)) for n, cada in enumerate(todas.medias)]
    return [
        Fila("paso de página, por relevancia", capa.hondo, crudo.hondo, pasos, (8, None)),
        Fila("paso tras un resultado, por fecha", capa.tras_por_fecha, None, hondas, (8, None)),
        Fila("paso tras un resultado, por título", capa.tras_por_titulo, None, hondas, (8, None)),
        Fila("salto al 10,000, por relevancia", capa.hondo, crudo.hondo, lejos),
        Fila("salto al 10,000, por título", capa.por_titulo, crudo.por_titulo, lejos[:3]),
        Fila("exportar 100,000 claves", capa.exportar, crudo.exportar, largas, iguales=False),
    ]


def con_muchos(motor: SearchEngine, preguntas: Sequence[Pregunta], cuantos: int) -> list[Pregunta]:
    """Las que tienen más resultados que esos (si el archivo es chico, las que más tienen), con la clave de uno de enmedio."""
    halladas: list[tuple[int, Pregunta]] = []
    for cada in preguntas:
        pedido = SearchRequest(ALCANCE, parse(cada.texto), match="all", sort="-date", limit=1)
        total = motor.search(pedido).total
        enmedio = motor.search(replace(pedido, offset=min(total // 2, HONDO))).hits
        halladas += [(total, replace(cada, clave=hallado.key)) for hallado in enmedio]
    halladas.sort(key=lambda una: (-una[0], una[1].texto))
    return [cada for total, cada in halladas if total > cuantos][:MUCHAS] or [cada for _, cada in halladas[:10]]
