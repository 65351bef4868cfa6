"""Receptores: cada cambio del catálogo deja su fila en la cola, en la misma transacción."""

from collections.abc import Sequence
from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone

from archivo.catalogo.puerta import Item, elementos_cambiados, todos_los_tipos
from archivo.indexacion.models import CambioIndice


@receiver(elementos_cambiados, dispatch_uid="indexacion_anotar")
def anotar(sender: Any, ids: Sequence[int], *, revoca: bool = False, **kwargs: Any) -> None:
    """Anota los elementos cambiados; los embargados, también a la hora en que se abren."""
    claves = dict(Item.objects.filter(pk__in=ids).values_list("pk", "clave")) if revoca else {}
    filas = [CambioIndice(item_id=pk, clave=claves.get(pk, ""), revoca=revoca) for pk in ids]
    embargados = Item.objects.filter(pk__in=ids, embargo_hasta__gt=timezone.now()).values_list("pk", "embargo_hasta")
    filas += [CambioIndice(item_id=pk, desde=hasta) for pk, hasta in embargados]
    CambioIndice.objects.bulk_create(filas, batch_size=2000)


def anotar_borrado(sender: Any, instance: Item, **kwargs: Any) -> None:
    """Un elemento que deja de existir se oculta desde ya y sale del índice después."""
    CambioIndice.objects.create(item_id=instance.pk, clave=instance.clave, revoca=True)


_modelos: list[type[Item]] = [Item, *(t.modelo for t in todos_los_tipos())]
for _modelo in _modelos:
    pre_delete.connect(anotar_borrado, sender=_modelo, dispatch_uid=f"indexacion_borrado_{_modelo.__name__}")
