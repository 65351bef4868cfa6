"""Cuando cambia el nombre de un área, una serie o un tema, cambia lo que se busca de todos sus elementos."""

from itertools import batched

from archivo.catalogo.models import Item, SerieDeNumeracion, Tema
from archivo.catalogo.signals import elementos_cambiados
from archivo.identidad.puerta import Area

LOTE = 2_000
_POR_DONDE: dict[type, str] = {Area: "area", SerieDeNumeracion: "serie", Tema: "temas"}


def avisar_de_los_que_usan(termino: Area | SerieDeNumeracion | Tema) -> int:
    """Avisa, por lotes y en la transacción en curso, de los elementos que llevan ese término. Devuelve cuántos."""
    total = 0
    llaves = Item.objects.filter(**{_POR_DONDE[type(termino)]: termino}).order_by("pk").values_list("pk", flat=True)
    for lote in batched(llaves.iterator(chunk_size=LOTE), LOTE):
        elementos_cambiados.send(sender=Item, ids=list(lote), revoca=False)
        total += len(lote)
    return total
