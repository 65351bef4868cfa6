"""Lo mismo por la puerta del producto."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from benchmarks.busqueda.corpus import CAMPOS, PUBLICO
from benchmarks.busqueda.preguntas import Pregunta
from search import Between, Facet, In, Scope, SearchEngine, SearchRequest, parse, snippet

ALCANCE = Scope("pub", PUBLICO, frozenset())
FACETAS = (*(Facet(nombre) for nombre in ("tipo", "area", "temas", "medio", "serie")), Facet("anio", 100))
Textos = Mapping[str, tuple[str, ...]]


class Capa:
    """`textos` son los de las páginas de cada elemento por su clave, que en el producto da la base de datos; `claves`, los 20
    primeros de cada palabra."""

    def __init__(self, motor: SearchEngine, textos: Textos, claves: Mapping[str, list[str]]) -> None:
        self.motor = motor
        self.textos = textos
        self.claves = claves

    def _pedido(self, texto: str) -> SearchRequest:
        return SearchRequest(ALCANCE, parse(texto, CAMPOS) if texto else None, match="all")

    def _total(self, pedido: SearchRequest) -> int:
        return self.motor.search(pedido).total

    def palabras(self, pregunta: Pregunta) -> int:
        return self._total(self._pedido(pregunta.texto))

    def frase(self, pregunta: Pregunta) -> int:
        return self.palabras(pregunta)

    def con_facetas(self, pregunta: Pregunta) -> int:
        return self._total(replace(self._pedido(pregunta.texto), facets=FACETAS))

    def filtrada(self, pregunta: Pregunta) -> int:
        desde, hasta = pregunta.anios
        pedido = self._pedido(f"{pregunta.texto} tipo:{pregunta.tipo} año:{desde}..{hasta}")
        return self._total(replace(pedido, facets=FACETAS))

    def multiple(self, pregunta: Pregunta) -> int:
        filtros = {"tipo": In(frozenset({pregunta.tipo})), "anio": Between(*pregunta.anios)}
        return self._total(replace(self._pedido(pregunta.texto), filters=filtros, facets=FACETAS))

    def sugerir(self, pregunta: Pregunta) -> int:
        return len(self.motor.suggest(pregunta.texto, ALCANCE))

    def fragmentos(self, pregunta: Pregunta) -> int:
        """Veinte resultados, su mejor página y un fragmento de cada una."""
        pedido = self._pedido(pregunta.texto)
        hallado = self.motor.search(pedido)
        claves = [cada.key for cada in hallado.hits]
        if pedido.query is not None:
            paginas = self.motor.pages(claves, pedido.query, ALCANCE, 1)
            for clave in claves:
                mejor = paginas[clave][0].number if clave in paginas else 1
                snippet(self.textos[clave][mejor - 1], pedido.query)
        return hallado.total

    def paginas(self, pregunta: Pregunta) -> int:
        """Las tres mejores páginas de cada uno de veinte resultados que ya se tienen."""
        consulta = self._pedido(pregunta.texto).query
        return len(self.motor.pages(self.claves[pregunta.texto], consulta, ALCANCE)) if consulta else 0

    def todo(self, _pregunta: Pregunta) -> int:
        return self._total(replace(self._pedido(""), facets=FACETAS))

    def todo_de_nuevo(self, pregunta: Pregunta) -> int:
        """Lo mismo para quien pregunta con algo distinto retirado de su vista: nada de lo ya contado sirve."""
        alcance = replace(ALCANCE, revoked=frozenset({f"nada-{pregunta.desde}"}))
        return self._total(replace(self._pedido(""), scope=alcance, facets=FACETAS))

    def por_fecha(self, pregunta: Pregunta) -> int:
        return self._total(replace(self._pedido(pregunta.texto), sort="-date", offset=pregunta.desde))

    def por_titulo(self, pregunta: Pregunta) -> int:
        return self._total(replace(self._pedido(pregunta.texto), sort="title", offset=pregunta.desde))

    def hondo(self, pregunta: Pregunta) -> int:
        return self._total(replace(self._pedido(pregunta.texto), offset=pregunta.desde))

    def tras_por_fecha(self, pregunta: Pregunta) -> int:
        """La página que sigue a un resultado."""
        return self._total(replace(self._pedido(pregunta.texto), sort="-date", after=pregunta.clave))

    def tras_por_titulo(self, pregunta: Pregunta) -> int:
        return self._total(replace(self._pedido(pregunta.texto), sort="title", after=pregunta.clave))

    def exportar(self, pregunta: Pregunta) -> int:
        pedido = replace(self._pedido(pregunta.texto), sort="-date")
        total = 0
        for lote in islice(self.motor.export(pedido), pregunta.desde // 1000):
            total += len(lote)
        return total
