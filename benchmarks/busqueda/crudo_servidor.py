"""Lo que escribiría quien sólo tuviera Elasticsearch u OpenSearch: cuerpos a mano, enviados con el cliente del servidor."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from elasticsearch import Elasticsearch

from benchmarks.busqueda.corpus import ESQUEMA
from benchmarks.busqueda.crudo import FACETAS, cuantos_valores
from benchmarks.busqueda.preguntas import Pregunta
from search import read_address
from search.analysis import analyse, fold
from search.backends.cluster.layout import fingerprint
from search.ranking import EXACT_WEIGHT, NEIGHBOURS, TIE, TITLE_WEIGHT, WINDOW

PREFIJO = "acervo_medida"
POR_FECHA, POR_TITULO = {"sort": [{"by_date_down": "desc"}]}, {"sort": [{"by_title": "asc"}]}
Json = dict[str, Any]
Enviar = Callable[[str, str, Json | None], Any]


def cliente(ajuste: str) -> Enviar:
    """Cómo se envía una petición al servidor de un ajuste («opensearch:http://…»)."""
    lugar = read_address(ajuste)
    encabezados = {"accept": "application/json", "content-type": "application/json"}
    if lugar.kind == "elasticsearch":
        elastico = Elasticsearch(list(lugar.nodes))
        return lambda verbo, ruta, cuerpo: elastico.perform_request(verbo, ruta, headers=encabezados, body=cuerpo).body
    from opensearchpy import OpenSearch

    abierto = OpenSearch(list(lugar.nodes))
    return lambda verbo, ruta, cuerpo: abierto.transport.perform_request(verbo, ruta, body=cuerpo)


class CrudoServidor:
    """El índice público por su alias."""

    def __init__(self, ajuste: str) -> None:
        self._enviar = cliente(ajuste)
        self._ruta = f"/{PREFIJO}-pub-items-{fingerprint(ESQUEMA)}/_search"

    def bytes(self) -> dict[str, int]:
        """Lo que ocupa cada índice."""
        partes = {}
        for indice in ("all", "pub"):
            for clase in ("items", "pages"):
                nombre = f"{PREFIJO}-{indice}-{clase}-{fingerprint(ESQUEMA)}"
                todo = self._enviar("GET", f"/{nombre}/_stats/store", None)["_all"]["primaries"]
                partes[f"{indice}/{clase}"] = int(todo["store"]["size_in_bytes"])
        return partes

    def _palabra(self, raiz: str, exacta: str) -> Json:
        piernas = (("title", raiz, TITLE_WEIGHT), ("text", raiz, 1.0), ("x", exacta, EXACT_WEIGHT))
        cada = [{"term": {campo: {"value": forma, "boost": peso}}} for campo, forma, peso in piernas]
        return {"dis_max": {"queries": cada, "tie_breaker": TIE}}

    def _condiciones(self, texto: str, filtros: list[Json], *, puntua: bool = True) -> Json:
        palabras = [self._palabra(palabra.stem, palabra.exact) for palabra in analyse(texto)]
        publico: list[Json] = [{"term": {"acl": "p"}}, *filtros]
        return {"bool": {"must": palabras, "filter": publico} if puntua else {"filter": [*palabras, *publico]}}

    def _pedir(self, consulta: Json, **resto: Any) -> int:
        llano = {"track_total_hits": True, "_source": False, "docvalue_fields": ["key"], "size": 20}
        hallado = self._enviar("POST", self._ruta, {"query": consulta, **llano, **resto})
        return int(hallado["hits"]["total"]["value"])

    def _tipo(self, pregunta: Pregunta) -> Json:
        return {"term": {"k_tipo": pregunta.tipo}}

    def _anios(self, pregunta: Pregunta) -> Json:
        return {"range": {"i_anio": {"gte": pregunta.anios[0], "lte": pregunta.anios[1]}}}

    def _facetas(self, nombres: tuple[str, ...] = FACETAS) -> Json:
        campos = {nombre: ("i_" if nombre == "anio" else "k_") + nombre for nombre in nombres}
        return {n: {"terms": {"field": c, "size": cuantos_valores(n), "shard_size": 60_000}} for n, c in campos.items()}

    def llanas(self, pregunta: Pregunta) -> int:
        """Por la suma de sus palabras y nada más: un orden peor que el del producto."""
        return self._pedir(self._condiciones(pregunta.texto, []))

    def palabras(self, pregunta: Pregunta) -> int:
        """Con varias palabras, las primeras ordenadas otra vez, en el servidor, por las que están juntas."""
        raices = [palabra.stem for palabra in analyse(pregunta.texto)]
        grupos = (*pairwise(raices), *zip(raices, raices[1:], raices[2:], strict=False))
        juntas = [self._seguidas(grupo, *NEIGHBOURS[len(grupo)]) for grupo in grupos]
        otra = {"window_size": WINDOW, "query": {"rescore_query": {"bool": {"should": juntas}}}}
        return self._pedir(self._condiciones(pregunta.texto, []), **({"rescore": otra} if juntas else {}))

    def _seguidas(self, raices: tuple[str, ...], peso: float, holgura: int) -> Json:
        return {"match_phrase": {"text": {"query": " ".join(raices), "slop": holgura, "boost": peso}}}

    def frase(self, pregunta: Pregunta) -> int:
        raices = " ".join(palabra.stem for palabra in analyse(pregunta.texto))
        piernas = [{"match_phrase": {campo: {"query": raices, "boost": peso}}} for campo, peso in (("title", 0.2), ("text", 1.0))]
        juntas = {"dis_max": {"queries": piernas, "tie_breaker": 0.25}}
        return self._pedir({"bool": {"must": [juntas], "filter": [{"term": {"acl": "p"}}]}})

    def con_facetas(self, pregunta: Pregunta) -> int:
        return self._pedir(self._condiciones(pregunta.texto, []), aggs=self._facetas())

    def filtrada(self, pregunta: Pregunta) -> int:
        consulta = self._condiciones(pregunta.texto, [self._tipo(pregunta), self._anios(pregunta)])
        return self._pedir(consulta, aggs=self._facetas())

    def multiple(self, pregunta: Pregunta) -> int:
        """En una sola petición: el tipo y los años, después de contar; cada faceta, bajo los filtros de las demás."""
        tipo, anios = self._tipo(pregunta), self._anios(pregunta)
        grupos = {"todos": ([tipo, anios], FACETAS[1:5]), "tipo": ([anios], ("tipo",)), "anio": ([tipo], ("anio",))}
        cuentas = {
            nombre: {"filter": {"bool": {"filter": suyos}}, "aggs": self._facetas(campos)}
            for nombre, (suyos, campos) in grupos.items()
        }
        despues = {"bool": {"filter": [tipo, anios]}}
        return self._pedir(self._condiciones(pregunta.texto, []), aggs=cuentas, post_filter=despues)

    def sugerir(self, pregunta: Pregunta) -> int:
        comienzo = fold(pregunta.texto)
        surgidas = {"terms": {"field": "surface", "include": f"{comienzo}.*", "size": 200}}
        cuerpo = {"query": {"bool": {"filter": [{"term": {"acl": "p"}}]}}, "size": 0, "aggs": {"surgidas": surgidas}}
        return len(self._enviar("POST", self._ruta, cuerpo)["aggregations"]["surgidas"]["buckets"])

    def todo(self, _pregunta: Pregunta) -> int:
        return self._pedir(self._condiciones("", []), aggs=self._facetas(), **POR_FECHA)

    def por_fecha(self, pregunta: Pregunta) -> int:
        return self._ordenada(pregunta, POR_FECHA)

    def por_titulo(self, pregunta: Pregunta) -> int:
        return self._ordenada(pregunta, POR_TITULO)

    def _ordenada(self, pregunta: Pregunta, orden: Json) -> int:
        return self._pedir(self._condiciones(pregunta.texto, [], puntua=False), **{"from": pregunta.desde}, **orden)

    def hondo(self, pregunta: Pregunta) -> int:
        return self._pedir(self._condiciones(pregunta.texto, []), **{"from": pregunta.desde})

    def exportar(self, pregunta: Pregunta) -> int:
        """Las primeras claves de la lista por fecha, de mil en mil, cada tramo tras el anterior."""
        vistas, tras = 0, {}
        cuerpo = {"query": self._condiciones(pregunta.texto, [], puntua=False), "size": 1000, "_source": False} | POR_FECHA
        while vistas < pregunta.desde:
            pedido = cuerpo | {"docvalue_fields": ["key"], "track_total_hits": False} | tras
            hallados = self._enviar("POST", self._ruta, pedido)["hits"]["hits"]
            if not hallados:
                break
            vistas += len([hallado["fields"]["key"][0] for hallado in hallados])
            tras = {"search_after": hallados[-1]["sort"]}
        return vistas
