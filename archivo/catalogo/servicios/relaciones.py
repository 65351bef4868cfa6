"""Relacionar elementos."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.models import Item, Relacion
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.catalogo.signals import elementos_cambiados
from archivo.identidad.puerta import Usuario


@dataclass(frozen=True)
class RelacionNueva:
    """Lo que un elemento dice de otro; en una fe de erratas, con sus correcciones `{donde, dice, debe}`."""

    destino: Item
    clase: str
    correcciones: Sequence[dict[str, str]] = ()


@transaction.atomic
def relacionar(item: Item, nueva: RelacionNueva, actor: Usuario | None) -> Relacion:
    """Anota (o corrige) que `item` dice algo de otro elemento.

    Raises:
        CambioRechazado: un elemento no se relaciona consigo mismo.
    """
    if nueva.destino.pk == item.pk:
        raise CambioRechazado("Un documento no se relaciona consigo mismo. Escriba el folio del otro.")
    relacion, _ = Relacion.objects.update_or_create(
        origen_id=item.pk, destino_id=nueva.destino.pk, clase=nueva.clase, defaults={"correcciones": list(nueva.correcciones)}
    )
    _avisar("item.relacionado", item, relacion, actor)
    return relacion


@transaction.atomic
def quitar_relacion(item: Item, relacion: Relacion, actor: Usuario | None) -> None:
    """Deshace una relación de `item`; el suceso conserva lo que decía."""
    _avisar("item.relacion_quitada", item, relacion, actor)
    relacion.delete()


def _avisar(clase: str, item: Item, relacion: Relacion, actor: Usuario | None) -> None:
    detalle = {"con": relacion.destino.clave, "clase": relacion.clase, "correcciones": relacion.correcciones}
    registrar(SucesoNuevo(clase=clase, objeto=f"item:{item.clave}", actor=actor, detalle=detalle))
    elementos_cambiados.send(sender=Item, ids=[item.pk, relacion.destino_id], revoca=False)
