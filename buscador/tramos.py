"""Un tramo de la lista a cualquier profundidad: ningún resultado queda fuera de alcance."""

from dataclasses import replace
from itertools import chain, islice

from archivo.indexacion.puerta import motor
from buscador.peticion import ALCANCE
from search import KEYSET_SORTS, Hit, SearchRequest, SearchResponse


def tramo(pedido: SearchRequest, desde: int, cuantos: int, *, tras: str = "") -> SearchResponse:
    """El total, las facetas y `cuantos` resultados a partir de `desde` (0 es el primero).

    Cerca, el motor salta. Lejos, por fecha o por título se sigue desde la clave `tras`, que cuesta lo mismo que la primera página;
    sin ella, si ya no está, o en otro orden, se recorre la lista en una sola foto del índice.
    """
    if desde <= ALCANCE:
        return motor().search(replace(pedido, offset=desde, limit=cuantos))
    if tras and pedido.sort in KEYSET_SORTS:
        seguido = motor().search(replace(pedido, after=tras, limit=cuantos))
        if not _es_el_principio(seguido, pedido):
            return seguido
    hallado = motor().search(replace(pedido, limit=0))
    if desde >= hallado.total:
        return hallado
    claves = islice(chain.from_iterable(motor().export(pedido)), desde, desde + cuantos)
    return replace(hallado, hits=tuple(Hit(clave, 0.0) for clave in claves))


def _es_el_principio(seguido: SearchResponse, pedido: SearchRequest) -> bool:
    """¿Empieza la lista otra vez? Es lo que da el motor a quien sigue desde una clave que ya no está o que no puede ver."""
    primero = motor().search(replace(pedido, facets=(), limit=1)).hits
    return [hallado.key for hallado in seguido.hits[:1]] == [hallado.key for hallado in primero]
