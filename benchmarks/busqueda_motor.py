"""La capa de motor junto a tantivy a mano, en la misma corrida y con los mismos párrafos reales: consulta de elementos y cinco facetas.

    python explode.py parrafo 200000 > parrafos.jsonl
    python benchmarks/busqueda_motor.py parrafos.jsonl [--consultas 300]

Imprime tiempos (ms, de pared y de procesador) y el cociente capa / tantivy. Termina con 1 si el p95 pasa de 60 ms o el cociente de 1.5.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import batched
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import tantivy
from tantivy import FieldType, Occur, Query

from search import (
    Between,
    Document,
    Facet,
    In,
    Integer,
    Keyword,
    Part,
    Schema,
    Scope,
    SearchEngine,
    SearchRequest,
    Upsert,
    date_interval,
    open_engine,
    parse,
)
from search.analysis import analyse, fold, is_stop_word
from search.backends.tantivy.files import IndexFolder
from search.backends.tantivy.layout import register

PUBLICO = frozenset({"p"})
ALCANCE = Scope("pub", PUBLICO, frozenset())
ESQUEMA = Schema(
    [
        Keyword("tipo"),
        Keyword("area", label_searchable=True),
        Keyword("autor", label_searchable=True),
        Keyword("fuente"),
        Integer("anio"),
        Integer("mes"),
    ]
)
FACETAS = ("tipo", "area", "autor", "anio", "mes")
META_P95, META_COCIENTE = 60.0, 1.5
Consulta = tuple[str, str, tuple[int, int]]


def documentos(ruta: Path) -> Iterator[Document]:
    with ruta.open() as archivo:
        for orden, linea in enumerate(archivo):
            fila = json.loads(linea)
            intervalo = date_interval(fila["fecha"] or "")
            yield Document(
                key=str(orden),
                version=1,
                acl=PUBLICO,
                title=fila["titulo"] or "",
                order=orden,
                extra_text=fila["autor"] or "",
                parts=(Part(1, fila["texto"]),),
                keywords={
                    "tipo": (fila["tipo"],),
                    "area": (fila["dependencia"],) if fila["dependencia"] else (),
                    "autor": (fila["autor"][:200],) if fila["autor"] else (),
                    "fuente": (fila["fuente"],) if fila["fuente"] else (),
                },
                integers=_fecha(intervalo),
                date_from=intervalo[0] if intervalo else None,
                date_to=intervalo[1] if intervalo else None,
            )


def _fecha(intervalo: tuple[date, date] | None) -> dict[str, tuple[int, ...]]:
    return {"anio": (intervalo[0].year,), "mes": (intervalo[0].month,)} if intervalo else {}


def indexar(motor: SearchEngine, ruta: Path) -> tuple[int, float]:
    inicio = time.perf_counter()
    total = 0
    with motor.writer() as escritor:
        generacion = escritor.begin_generation()
        for lote in batched(documentos(ruta), 1000):
            escritor.apply([Upsert("pub", documento) for documento in lote], generation=generacion)
            total += len(lote)
        escritor.activate(generacion)
    return total, time.perf_counter() - inicio


def consultas(ruta: Path, cuantas: int) -> list[Consulta]:
    """Dos palabras seguidas con contenido de un párrafo cualquiera, su tipo y unos años alrededor del suyo."""
    azar = random.Random(20261122)
    elegidas: list[Consulta] = []
    muestra = azar.sample([d for d in documentos(ruta) if d.date_from], cuantas * 3)
    for documento in muestra:
        palabras = [p for p in documento.parts[0].text.split() if p.isalpha() and len(p) > 3 and not is_stop_word(fold(p))]
        if len(palabras) > 2 and documento.date_from:
            en = azar.randrange(len(palabras) - 1)
            anio = documento.date_from.year
            elegidas.append(
                (" ".join(palabras[en : en + azar.choice((1, 2))]), documento.keywords["tipo"][0], (anio - 5, anio + 5))
            )
    return elegidas[:cuantas]


class AMano:
    """La consulta que escribiría quien sólo tuviera tantivy, sobre los mismos archivos."""

    def __init__(self, carpeta: Path) -> None:
        archivos = IndexFolder(carpeta, ESQUEMA.fingerprint())
        self.indice = register(tantivy.Index.open(str(archivos.path(archivos.current(), "pub", "items"))))
        self.campos = self.indice.schema
        self.lector = self.indice.searcher()

    def _consulta(self, texto: str) -> list[tuple[Occur, Query]]:
        partes = [(Occur.Must, Query.const_score_query(Query.term_query(self.campos, "acl", "p", "basic"), 0.0))]
        for palabra in analyse(texto):
            piernas = [("title", palabra.stem, 0.3), ("text", palabra.stem, 1.0), ("x", palabra.exact, 0.6)]
            cada = [Query.boost_query(Query.term_query(self.campos, campo, forma), peso) for campo, forma, peso in piernas]
            partes.append((Occur.Must, Query.disjunction_max_query(cada, 0.3)))
        return partes

    def simple(self, consulta: Consulta) -> int:
        total = self._hallar(todo := Query.boolean_query(self._consulta(consulta[0])))
        self._contar(todo, FACETAS)
        return total

    def filtrada(self, consulta: Consulta) -> int:
        """Cinco facetas; la de tipo y la de año, cada una sin su propio filtro: tres pasadas."""
        texto, tipo, (desde, hasta) = consulta
        base = self._consulta(texto)
        de_tipo = self._filtro(Query.term_query(self.campos, "k_tipo", tipo, "basic"))
        de_anio = self._filtro(Query.range_query(self.campos, "i_anio", FieldType.Integer, desde, hasta))
        total = self._hallar(todo := Query.boolean_query([*base, de_tipo, de_anio]))
        self._contar(todo, ("area", "autor", "mes"))
        self._contar(Query.boolean_query([*base, de_anio]), ("tipo",))
        self._contar(Query.boolean_query([*base, de_tipo]), ("anio",))
        return total

    def _filtro(self, consulta: Query) -> tuple[Occur, Query]:
        return Occur.Must, Query.const_score_query(consulta, 0.0)

    def _hallar(self, consulta: Query) -> int:
        hallado: Any = self.lector.search(consulta, 20)
        [self.lector.doc(lugar)["key"] for _, lugar in hallado.hits]
        return int(hallado.count)

    def _contar(self, consulta: Query, nombres: tuple[str, ...]) -> None:
        campos = {n: ("i_" if n in ("anio", "mes") else "k_") + n for n in nombres}
        self.lector.aggregate(
            consulta, {n: {"terms": {"field": c, "size": 20, "segment_size": 10_000}} for n, c in campos.items()}
        )


class Capa:
    """Lo mismo por la puerta de `search`."""

    def __init__(self, motor: SearchEngine) -> None:
        self.motor = motor
        self.facetas = tuple(Facet(nombre) for nombre in FACETAS)

    def simple(self, consulta: Consulta) -> int:
        pedido = SearchRequest(ALCANCE, parse(consulta[0]), facets=self.facetas, match="all")
        return self.motor.search(pedido).total

    def filtrada(self, consulta: Consulta) -> int:
        texto, tipo, (desde, hasta) = consulta
        filtros = {"tipo": In(frozenset({tipo})), "anio": Between(desde, hasta)}
        return self.motor.search(SearchRequest(ALCANCE, parse(texto), filtros, self.facetas, match="all")).total


def cronometrar(
    pares: list[tuple[str, Callable[[Consulta], int]]], todas: list[Consulta]
) -> dict[str, list[tuple[float, float]]]:
    """Cada consulta con cada forma, una tras otra, para que el ruido de la máquina toque a todas por igual."""
    tiempos: dict[str, list[tuple[float, float]]] = {nombre: [] for nombre, _ in pares}
    for consulta in todas:
        totales = set()
        for nombre, forma in pares:
            inicio, procesador = time.perf_counter(), time.process_time()
            totales.add(forma(consulta))
            tiempos[nombre].append(((time.perf_counter() - inicio) * 1000, (time.process_time() - procesador) * 1000))
        if len(totales) > 1:
            raise SystemExit(f"Totales distintos para {consulta}: {totales}")
    return tiempos


def comparar(titulo: str, mano: list[tuple[float, float]], capa: list[tuple[float, float]]) -> bool:
    """Tiempo de pared y de procesador; el cociente se juzga por el de procesador, al que no tocan los vecinos de la máquina."""
    print(f"{titulo}: tantivy a mano → capa")
    juicio = {}
    for columna, nombre in ((0, "pared"), (1, "procesador")):
        de_mano, de_capa = (sorted(cada[columna] for cada in lista) for lista in (mano, capa))
        for parte in (0.5, 0.95):
            uno, otro = de_mano[int(len(de_mano) * parte)], de_capa[int(len(de_capa) * parte)]
            juicio[nombre, parte] = otro
            print(f"  {nombre} p{parte * 100:.0f}: {uno:.2f} → {otro:.2f} ms (×{otro / uno:.2f})")
        juicio[nombre, "suma"] = sum(de_capa) / sum(de_mano)
        print(f"  {nombre}, cociente de sumas: ×{juicio[nombre, 'suma']:.2f}")
    return juicio["procesador", "suma"] <= META_COCIENTE and juicio["pared", 0.95] < META_P95


def main() -> int:
    argumentos = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    argumentos.add_argument("parrafos", type=Path)
    argumentos.add_argument("--consultas", type=int, default=300)
    opciones = argumentos.parse_args()
    with tempfile.TemporaryDirectory() as carpeta:
        motor = open_engine("tantivy", Path(carpeta), ESQUEMA)
        total, segundos = indexar(motor, opciones.parrafos)
        memoria = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{total} párrafos en {segundos:.1f} s; memoria máxima {memoria:.0f} MB; índice {motor.health().bytes / 1e6:.0f} MB"
        )
        todas = consultas(opciones.parrafos, opciones.consultas)
        mano, capa = AMano(Path(carpeta)), Capa(motor)
        tiempos = cronometrar([("mano", mano.simple), ("capa", capa.simple)], todas)
        bien = comparar("palabras + 5 facetas", tiempos["mano"], tiempos["capa"])
        tiempos = cronometrar([("mano", mano.filtrada), ("capa", capa.filtrada)], todas)
        bien &= comparar("palabras + tipo + años + 5 facetas sin su propio filtro", tiempos["mano"], tiempos["capa"])
        print(f"carga de la máquina: {Path('/proc/loadavg').read_text().split()[0] if Path('/proc/loadavg').exists() else '?'}")
    return 0 if bien else 1


if __name__ == "__main__":
    sys.exit(main())
