"""Cuando cambia el nombre de un área, una serie, un tema o una autoridad, cambia lo que se busca de todos sus elementos."""

from collections.abc import Callable
from itertools import batched

from django.db.models import Q, QuerySet

from archivo.catalogo.models import Autoridad, Item, SerieDeNumeracion, Tema
from archivo.catalogo.signals import elementos_cambiados
from archivo.identidad.puerta import Area

LOTE = 2_000
Termino = Area | SerieDeNumeracion | Tema | Autoridad
Avance = Callable[[int], None]


def los_que_usan(termino: Termino) -> QuerySet[Item]:
    """Los elementos que llevan ese término."""
    if isinstance(termino, Autoridad):
        return Item.objects.filter(Q(medio_id=termino.pk) | Q(pk__in=termino.menciones.values("item_id")))
    por_donde = {Area: "area", SerieDeNumeracion: "serie", Tema: "temas"}
    return Item.objects.filter(**{por_donde[type(termino)]: termino})


def avisar_de_los_que_usan(termino: Termino, avance: Avance | None = None) -> int:
    """Avisa, por lotes, de los elementos que llevan ese término; en la transacción en curso, si la hay. Devuelve cuántos."""
    total = 0
    llaves = los_que_usan(termino).order_by("pk").values_list("pk", flat=True)
    for lote in batched(llaves.iterator(chunk_size=LOTE), LOTE):
        elementos_cambiados.send(sender=Item, ids=list(lote), revoca=False)
        total += len(lote)
        if avance:
            avance(total)
    return total
