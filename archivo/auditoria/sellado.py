"""El sellador: encadena los sucesos por lotes, fuera de la transacción de quien los escribe.

Encadenar dentro de cada transacción pondría a todo el archivo en una sola fila (decisión 0003). Un lote cubre los
identificadores que siguen al último sello. PostgreSQL confirma fuera de orden: los que faltan quedan anotados como
huecos y se sellan cuando aparecen; pasada una hora ya no se admiten.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from archivo.auditoria.models import HUELLA_INICIAL, Sello, Suceso

LOTE = 20_000
PLAZO_DE_HUECO = timedelta(hours=1)
CAMPOS = ("id", "momento", "clase", "objeto", "actor_id", "actor_nombre", "motivo", "detalle", "ip", "resultado")

Intervalos = list[list[int]]


def canonico(valor: Any) -> bytes:
    """JSON con una sola forma posible: claves ordenadas, sin espacios, UTF-8."""
    return json.dumps(valor, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def faltantes(presentes: list[int], desde: int, hasta: int) -> Intervalos:
    """Los intervalos de `desde` a `hasta` que no están en la lista ordenada `presentes`."""
    huecos: Intervalos = []
    siguiente = desde
    for numero in [*presentes, hasta + 1]:
        if numero > siguiente:
            huecos.append([siguiente, numero - 1])
        siguiente = numero + 1
    return huecos


def filas(consulta: Any) -> Iterator[list[Any]]:
    """Los valores sellados de cada suceso, en orden de identificador."""
    for fila in consulta.order_by("id").values_list(*CAMPOS).iterator(chunk_size=2000):
        identificador, momento, *resto = fila
        yield [identificador, momento.isoformat(), *resto]


def huella_de(anterior: str, encabezado: dict[str, Any], sucesos: Iterable[list[Any]]) -> str:
    """SHA-256 de la huella anterior, el encabezado del sello y cada suceso, uno por línea."""
    suma = hashlib.sha256(anterior.encode() + b"\n" + canonico(encabezado))
    for fila in sucesos:
        suma.update(b"\n" + canonico(fila))
    return suma.hexdigest()


def encabezado(sello: Sello) -> dict[str, Any]:
    """Lo que la huella cubre del propio sello."""
    return {
        "numero": sello.numero,
        "momento": sello.momento.isoformat(),
        "desde": sello.desde,
        "hasta": sello.hasta,
        "huecos": sello.huecos,
        "tardios": sello.tardios,
        "total": sello.total,
    }


def huecos_abiertos() -> Iterator[list[int]]:
    """Los huecos de la última hora, por si ya aparecieron sus sucesos."""
    recientes = Sello.objects.filter(momento__gt=timezone.now() - PLAZO_DE_HUECO).exclude(huecos=[])
    for sello in recientes.iterator():
        yield from sello.huecos


def _tardios() -> list[int]:
    """Sucesos que aparecieron en un hueco reciente y que ningún sello posterior recogió."""
    recientes = Sello.objects.filter(momento__gt=timezone.now() - PLAZO_DE_HUECO)
    recogidos = {n for lista in recientes.exclude(tardios=[]).values_list("tardios", flat=True) for n in lista}
    aparecidos: list[int] = []
    for primero, ultimo in huecos_abiertos():
        aparecidos += Suceso.objects.filter(id__range=(primero, ultimo)).values_list("id", flat=True)
    return sorted(set(aparecidos) - recogidos)


def _siguiente_lote(ultimo: Sello | None) -> Sello | None:
    desde = ultimo.hasta + 1 if ultimo else 1
    presentes = list(Suceso.objects.filter(id__gte=desde).order_by("id").values_list("id", flat=True)[:LOTE])
    tardios = _tardios()
    if not presentes and not tardios:
        return None
    hasta = presentes[-1] if presentes else desde - 1
    return Sello(
        numero=ultimo.numero + 1 if ultimo else 1,
        desde=desde,
        hasta=hasta,
        huecos=faltantes(presentes, desde, hasta),
        tardios=tardios,
        total=len(presentes) + len(tardios),
        anterior=ultimo.huella if ultimo else HUELLA_INICIAL,
    )


def sin_huecos(sucesos: Iterable[list[Any]], huecos: Intervalos) -> Iterator[list[Any]]:
    """Los sucesos, en orden, que no caen en un hueco."""
    restantes = iter(huecos)
    hueco = next(restantes, None)
    for suceso in sucesos:
        while hueco and suceso[0] > hueco[1]:
            hueco = next(restantes, None)
        if hueco is None or suceso[0] < hueco[0]:
            yield suceso


def sucesos_sellados(sello: Sello) -> Iterator[list[Any]]:
    """Los sucesos que cubre un sello: su intervalo sin los huecos, y después los tardíos."""
    yield from sin_huecos(filas(Suceso.objects.filter(id__range=(sello.desde, sello.hasta))), sello.huecos)
    if sello.tardios:
        yield from filas(Suceso.objects.filter(id__in=sello.tardios))


def _sellar_lote() -> int:
    sello = _siguiente_lote(Sello.objects.order_by("-numero").first())
    if sello is None:
        return 0
    sello.huella = huella_de(sello.anterior, encabezado(sello), sucesos_sellados(sello))
    with transaction.atomic():
        sello.save()
    return sello.total


def sellar() -> int:
    """Sella todo lo pendiente y devuelve cuántos sucesos selló. Dos selladores a la vez no se estorban: gana uno."""
    total = 0
    try:
        while sellados := _sellar_lote():
            total += sellados
    except IntegrityError:
        return total
    return total
