"""Lo que el índice no acepta: se aparta con su motivo para que lo demás siga, y se intenta otra vez, cada vez más tarde."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import Error as ErrorDeBase
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from archivo.catalogo.puerta import Item
from archivo.indexacion.models import CambioIndice
from search import IndexBusy, IndexOutdated, InvalidRequest, SearchUnavailable

registro = logging.getLogger("archivo.indexacion")
ESPERAS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 720, 1440))
"""Cuánto se espera tras cada intento; después del último, siempre lo mismo."""
_NO_ES_DEL_ELEMENTO = (SearchUnavailable, IndexOutdated, IndexBusy, ErrorDeBase, OSError, MemoryError)


@dataclass
class Escrito:
    """Qué pasó con unos elementos: los que existen y, de los que no entraron al índice, por qué."""

    encontrados: set[int] = field(default_factory=set)
    rechazos: dict[int, str] = field(default_factory=dict)


def por_partes[T](
    elementos: Sequence[Item], hacer: Callable[[Sequence[Item]], T], apartar: Callable[[Item, str], None]
) -> Iterator[T]:
    """Hace algo con todos o, si alguno lo impide, con todos menos ése, que se aparta con su motivo."""
    try:
        hecho = hacer(elementos)
    except _NO_ES_DEL_ELEMENTO:
        raise
    except Exception as error:  # noqa: BLE001 - se anota y se dice en la bandeja; lo demás sigue
        if len(elementos) == 1:
            registro.exception("El elemento %s no se pudo preparar para el índice.", elementos[0].clave)
            apartar(elementos[0], str(error) if isinstance(error, InvalidRequest) else type(error).__name__)
            return
        mitad = len(elementos) // 2
        for parte in (elementos[:mitad], elementos[mitad:]):
            yield from por_partes(parte, hacer, apartar)
    else:
        yield hecho


def concluir(filas: Sequence[CambioIndice], escrito: Escrito) -> None:
    """Borra las filas atendidas y deja una por cada elemento rechazado, con la hora del siguiente intento.

    Lo que la fila revocaba sigue oculto. Un elemento que por fin entró deja de estar rechazado.
    """
    tocados = escrito.encontrados | {f.item_id for f in filas}
    with transaction.atomic():
        previas = CambioIndice.objects.rechazados().filter(item_id__in=tocados)
        intentos = dict(previas.values_list("item_id").annotate(Max("intentos"))) if tocados else {}
        ocultas = {f.item_id: f.clave for f in [*filas, *previas] if f.revoca}
        nuevas = [_otra_vez(pk, motivo, intentos.get(pk, 0) + 1, ocultas.get(pk, "")) for pk, motivo in escrito.rechazos.items()]
        previas.delete()
        CambioIndice.objects.filter(pk__in=[f.pk for f in filas]).delete()
        CambioIndice.objects.bulk_create(nuevas, batch_size=2000)


def _otra_vez(item_id: int, motivo: str, intentos: int, oculta: str) -> CambioIndice:
    espera = ESPERAS[min(intentos, len(ESPERAS)) - 1]
    return CambioIndice(
        item_id=item_id,
        clave=oculta,
        revoca=bool(oculta),
        motivo=motivo[:300],
        intentos=min(intentos, 30_000),
        desde=timezone.now() + espera,
    )


def reintentar() -> int:
    """Lo rechazado vuelve a la cola desde ya. Devuelve cuántos."""
    return CambioIndice.objects.rechazados().update(desde=timezone.now())


def rechazados() -> QuerySet[CambioIndice]:
    """Lo que el índice no aceptó: `item_id`, `motivo`, `intentos` y la hora del siguiente en `desde`. Lo que más lleva, primero."""
    return CambioIndice.objects.rechazados().order_by("pk")
