"""Lo que escribiría quien sólo tuviera tantivy, sobre los mismos archivos que el producto armó."""

from __future__ import annotations

from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Order, Query

from benchmarks.busqueda.corpus import ESQUEMA
from benchmarks.busqueda.preguntas import Pregunta
from search.analysis import analyse, fold
from search.backends.tantivy.files import IndexFolder
from search.backends.tantivy.layout import register
from search.ranking import EXACT_WEIGHT, NEIGHBOURS, TIE, TITLE_WEIGHT, WINDOW

FACETAS = ("tipo", "area", "temas", "medio", "serie", "anio")
POR_FECHA = {"order_by_field": "by_date_down", "order": Order.Desc}
POR_TITULO = {"order_by_field": "by_title", "order": Order.Asc}
Condiciones = list[tuple[Occur, Query]]


class Crudo:
    """El índice público por sus propios archivos."""

    def __init__(self, carpeta: Path) -> None:
        archivos = IndexFolder(carpeta, ESQUEMA.fingerprint())
        self._casa = carpeta / archivos.current().name
        self.indice = register(tantivy.Index.open(str(archivos.path(archivos.current(), "pub", "items"))))
        self.campos = self.indice.schema
        self.lector = self.indice.searcher()

    def bytes(self) -> dict[str, int]:
        """Lo que ocupa cada índice."""
        partes = [f"{indice}/{clase}" for indice in ("all", "pub") for clase in ("items", "pages")]
        return {parte: sum(ruta.stat().st_size for ruta in (self._casa / parte).iterdir()) for parte in partes}

    def _publico(self) -> Condiciones:
        return [(Occur.Must, Query.const_score_query(Query.term_query(self.campos, "acl", "p", "basic"), 0.0))]

    def _palabras(self, texto: str, *, puntua: bool = True) -> Condiciones:
        partes = self._publico()
        for palabra in analyse(texto):
            piernas = [
                ("title", palabra.stem, TITLE_WEIGHT),
                ("text", palabra.stem, 1.0),
                *([("x", palabra.exact, EXACT_WEIGHT)] if puntua else []),
            ]
            cada = [Query.boost_query(Query.term_query(self.campos, campo, forma), peso) for campo, forma, peso in piernas]
            partes.append((Occur.Must, Query.disjunction_max_query(cada, TIE)))
        return partes

    def _tipo(self, pregunta: Pregunta) -> tuple[Occur, Query]:
        return Occur.Must, Query.const_score_query(Query.term_query(self.campos, "k_tipo", pregunta.tipo, "basic"), 0.0)

    def _anios(self, pregunta: Pregunta) -> tuple[Occur, Query]:
        entre = Query.range_query(self.campos, "i_anio", FieldType.Integer, *pregunta.anios)
        return Occur.Must, Query.const_score_query(entre, 0.0)

    def _hallar(self, condiciones: Condiciones, limite: int = 20, **como: Any) -> int:
        hallado: Any = self.lector.search(Query.boolean_query(condiciones), limite, **como)
        [self.lector.doc(lugar)["key"] for _, lugar in hallado.hits]
        return int(hallado.count)

    def _contar(self, condiciones: Condiciones, nombres: tuple[str, ...] = FACETAS) -> None:
        campos = {nombre: ("i_" if nombre == "anio" else "k_") + nombre for nombre in nombres}
        pedido = {n: {"terms": {"field": c, "size": cuantos_valores(n), "segment_size": 65_000}} for n, c in campos.items()}
        self.lector.aggregate(Query.boolean_query(condiciones), pedido)

    def llanas(self, pregunta: Pregunta) -> int:
        """Por la suma de sus palabras y nada más: un orden peor que el del producto."""
        return self._hallar(self._palabras(pregunta.texto))

    def palabras(self, pregunta: Pregunta) -> int:
        """En el orden del producto: con varias palabras, las primeras se ordenan otra vez por las que están juntas."""
        raices = [palabra.stem for palabra in analyse(pregunta.texto)]
        if len(raices) < 2:
            return self.llanas(pregunta)
        hallado: Any = self.lector.search(Query.boolean_query(self._palabras(pregunta.texto)), WINDOW)
        lugares = [lugar for _, lugar in hallado.hits]
        ordenes: Any = self.lector.fast_field_values("order", lugares)
        juntas: Any = (
            self.lector.search(Query.boolean_query(self._juntas(raices, ordenes)), WINDOW, count=False) if lugares else None
        )
        suman = {(lugar.segment_ord, lugar.doc): puntos for puntos, lugar in (juntas.hits if juntas else ())}
        finales = sorted(
            (-(puntos + suman.get((lugar.segment_ord, lugar.doc), 0.0)), -orden, cual)
            for cual, ((puntos, lugar), orden) in enumerate(zip(hallado.hits, ordenes, strict=True))
        )
        [self.lector.doc(lugares[cual])["key"] for _, _, cual in finales[:20]]
        return int(hallado.count)

    def _juntas(self, raices: list[str], ordenes: list[int]) -> Condiciones:
        """Esos documentos, y lo que suma a cada uno decir juntas las palabras que en la pregunta van juntas."""
        estos = [(Occur.Should, Query.term_query(self.campos, "order", orden, "basic")) for orden in ordenes]
        condiciones: Condiciones = [(Occur.Must, Query.const_score_query(Query.boolean_query(estos), 0.0))]
        for grupo in (*pairwise(raices), *zip(raices, raices[1:], raices[2:], strict=False)):
            peso, holgura = NEIGHBOURS[len(grupo)]
            frase = Query.phrase_query(self.campos, "text", [*grupo], slop=holgura)
            condiciones.append((Occur.Should, Query.boost_query(frase, peso)))
        return condiciones

    def frase(self, pregunta: Pregunta) -> int:
        raices = [palabra.stem for palabra in analyse(pregunta.texto)]
        piernas = [Query.phrase_query(self.campos, campo, [*raices]) for campo in ("title", "text")]
        una = Query.disjunction_max_query([Query.boost_query(piernas[0], 0.2), piernas[1]], 0.25)
        return self._hallar([*self._publico(), (Occur.Must, una)])

    def con_facetas(self, pregunta: Pregunta) -> int:
        self._contar(self._palabras(pregunta.texto, puntua=False))
        return self.palabras(pregunta)

    def filtrada(self, pregunta: Pregunta) -> int:
        """Palabra, tipo y años; cinco facetas y el histograma en una pasada."""
        suyas = [self._tipo(pregunta), self._anios(pregunta)]
        self._contar([*self._palabras(pregunta.texto, puntua=False), *suyas])
        return self._hallar([*self._palabras(pregunta.texto), *suyas])

    def multiple(self, pregunta: Pregunta) -> int:
        """Lo mismo, con el tipo y el año contados sin su propio filtro: tres pasadas."""
        tipo, anios = self._tipo(pregunta), self._anios(pregunta)
        llana = self._palabras(pregunta.texto, puntua=False)
        self._contar([*llana, tipo, anios], FACETAS[1:5])
        self._contar([*llana, anios], ("tipo",))
        self._contar([*llana, tipo], ("anio",))
        return self._hallar([*self._palabras(pregunta.texto), tipo, anios])

    def sugerir(self, pregunta: Pregunta) -> int:
        dentro = Query.boolean_query(self._publico())
        return len(self.lector.terms_with_prefix("surface", fold(pregunta.texto), dentro, 200))

    def todo(self, _pregunta: Pregunta) -> int:
        self._contar(self._publico())
        return self._hallar(self._publico(), **POR_FECHA)

    def por_fecha(self, pregunta: Pregunta) -> int:
        return self._hallar(self._palabras(pregunta.texto, puntua=False), offset=pregunta.desde, **POR_FECHA)

    def por_titulo(self, pregunta: Pregunta) -> int:
        return self._hallar(self._palabras(pregunta.texto, puntua=False), offset=pregunta.desde, **POR_TITULO)

    def hondo(self, pregunta: Pregunta) -> int:
        return self._hallar(self._palabras(pregunta.texto), offset=pregunta.desde)

    def exportar(self, pregunta: Pregunta) -> int:
        """Las primeras claves de la lista por fecha."""
        hallado: Any = self.lector.search(
            Query.boolean_query(self._palabras(pregunta.texto, puntua=False)), pregunta.desde, **POR_FECHA
        )
        return len([str(self.lector.doc(lugar).get_first("key")) for _, lugar in islice(hallado.hits, pregunta.desde)])


def cuantos_valores(nombre: str) -> int:
    """Los que se piden de una faceta."""
    return 100 if nombre == "anio" else 20
