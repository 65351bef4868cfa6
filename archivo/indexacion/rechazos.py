"""Lo que el índice no acepta: se aparta con su motivo para que lo demás siga, y se intenta otra vez, cada vez más tarde."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import batched

from django.db import Error as ErrorDeBase
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archivo.catalogo.puerta import Item
from archivo.indexacion.models import CambioIndice
from search import IndexBusy, IndexOutdated, InvalidRequest, SearchUnavailable

registro = logging.getLogger("archivo.indexacion")
ESPERAS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 720, 1440))
"""Cuánto se espera tras cada intento; después del último, siempre lo mismo."""
POR_CONSULTA = 2_000
"""Elementos por los que se pregunta de una vez a la base."""
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
    tocados = escrito.encontrados | escrito.rechazos.keys() | {f.item_id for f in filas}
    with transaction.atomic():
        for algunos in batched(sorted(tocados), POR_CONSULTA):
            previas = list(CambioIndice.objects.rechazados().filter(item_id__in=algunos))
            nuevas = _otra_vez([*previas, *filas], {pk: escrito.rechazos[pk] for pk in algunos if pk in escrito.rechazos})
            CambioIndice.objects.filter(pk__in=[f.pk for f in previas]).delete()
            CambioIndice.objects.bulk_create(nuevas)
        CambioIndice.objects.filter(pk__in=[f.pk for f in filas]).delete()


def _otra_vez(habia: Sequence[CambioIndice], rechazos: Mapping[int, str]) -> list[CambioIndice]:
    """Una fila por elemento rechazado, con lo que ya se sabía de él: cuántos intentos iban, desde cuándo espera y si está oculto."""
    nuevas = {pk: CambioIndice(item_id=pk, motivo=motivo[:300]) for pk, motivo in rechazos.items()}
    for fila in habia:
        if (nueva := nuevas.get(fila.item_id)) is None:
            continue
        nueva.intentos = max(nueva.intentos, fila.intentos)
        nueva.creado = min(nueva.creado, fila.creado)
        if fila.revoca:
            nueva.clave, nueva.revoca = fila.clave, True
    for nueva in nuevas.values():
        nueva.desde = timezone.now() + ESPERAS[min(nueva.intentos, len(ESPERAS) - 1)]
        nueva.intentos = min(nueva.intentos + 1, 30_000)
    return list(nuevas.values())


def reintentar() -> int:
    """Lo rechazado vuelve a la cola desde ya. Devuelve cuántos."""
    return CambioIndice.objects.rechazados().update(desde=timezone.now())


def rechazados() -> QuerySet[CambioIndice]:
    """Lo que el índice no aceptó: `item_id`, `motivo`, `intentos` y la hora del siguiente en `desde`. Lo que más lleva, primero."""
    return CambioIndice.objects.rechazados().order_by("creado", "pk")
