"""Leer el catálogo para el índice: por lotes acotados, con todo lo que un documento necesita en consultas constantes."""

from collections.abc import Iterable, Iterator, Sequence

from archivo.catalogo.puerta import PARA_TERMINOS_BUSCABLES, Item, ItemQuerySet

PARTES_POR_LOTE = 3_000
ELEMENTOS_POR_LOTE = 1_000
ELEMENTOS_POR_TRAMO = 1_000
Tramo = tuple[int, int]
"""La primera y la última clave primaria de unos elementos seguidos."""


def lotes(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Los elementos de a mil, o de a menos si tienen muchas partes."""
    lote: list[Item] = []
    partes = 0
    for item in items:
        lote.append(item)
        partes += item.partes
        if len(lote) >= ELEMENTOS_POR_LOTE or partes >= PARTES_POR_LOTE:
            yield lote
            lote, partes = [], 0
    if lote:
        yield lote


def lotes_de(ids: Sequence[int]) -> Iterator[list[Item]]:
    """Esos elementos, los que existan, con sus relaciones."""
    return lotes(_con_relaciones(Item.objects.filter(pk__in=ids)))


def lotes_del_tramo(tramo: Tramo) -> Iterator[list[Item]]:
    """Los elementos de un tramo, con sus relaciones."""
    return lotes(_con_relaciones(Item.objects.filter(pk__range=tramo)))


def tramos() -> Iterator[Tramo]:
    """Todo el catálogo, a tramos de mil elementos; ninguno está en dos."""
    ultimo = 0
    while True:
        ids = list(Item.objects.filter(pk__gt=ultimo).order_by("pk").values_list("pk", flat=True)[:ELEMENTOS_POR_TRAMO])
        if not ids:
            return
        yield ids[0], ids[-1]
        ultimo = ids[-1]


def _con_relaciones(items: ItemQuerySet) -> ItemQuerySet:
    return (
        items.select_related("area", "serie", "medio")
        .prefetch_related("adjuntos", "nombradas", *PARA_TERMINOS_BUSCABLES)
        .order_by("pk")
    )
