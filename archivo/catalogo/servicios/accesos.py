"""Cambiar quién lee: el nivel decidido, el que resulta de combinarlo y las personas nombradas."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import batched

from django.db import transaction
from django.db.models import F

from archivo.auditoria.puerta import SucesoNuevo, registrar_varios
from archivo.catalogo import acceso
from archivo.catalogo.aportes import fijar_efectivos
from archivo.catalogo.models import Adjunto, Item, PersonaNombrada
from archivo.catalogo.signals import elementos_cambiados
from archivo.identidad.puerta import Usuario

LOTE = 1_000


def efectivo_de(adjunto: Adjunto, item: Item) -> str:
    """El nivel de un archivo: el de su elemento, el suyo y lo que admiten sus derechos."""
    return acceso.combinar(item.acceso_efectivo, adjunto.acceso, acceso.limite_por_derechos(adjunto))


def combinar_adjuntos(items: Sequence[Item]) -> set[int]:
    """Recalcula el acceso efectivo de los archivos de esos elementos; lo llama todo servicio que cambie el suyo.

    Devuelve los elementos en que cambió alguno.
    """
    de_pk = {i.pk: i for i in items}
    cambiados = []
    for adjunto in Adjunto.objects.filter(item_id__in=de_pk):
        efectivo = efectivo_de(adjunto, de_pk[adjunto.item_id])
        if efectivo != adjunto.acceso_efectivo:
            adjunto.acceso_efectivo = efectivo
            cambiados.append(adjunto)
    if cambiados:
        Adjunto.objects.bulk_update(cambiados, ["acceso_efectivo"], batch_size=LOTE)
    return {a.item_id for a in cambiados}


@transaction.atomic
def recalcular_acceso(ids: Iterable[int], actor: Usuario | None, motivo: str) -> int:
    """Vuelve a combinar el acceso de esos elementos cuando cambió algo de lo que depende; devuelve en cuántos cambió.

    Deja un suceso por elemento cambiado, avisa y revoca lo que se cerró. Consultas constantes por cada mil.
    """
    return sum(_recalcular(lote, actor, motivo) for lote in batched(sorted(set(ids)), LOTE))


def _recalcular(ids: Sequence[int], actor: Usuario | None, motivo: str) -> int:
    items = list(Item.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    antes = {i.pk: i.acceso_efectivo for i in items}
    fijar_efectivos(items)
    cambiados = {i.pk: i for i in items if i.acceso_efectivo != antes[i.pk]}
    for pk in combinar_adjuntos(items):
        cambiados.setdefault(pk, next(i for i in items if i.pk == pk))
    if not cambiados:
        return 0
    for item in cambiados.values():
        item.version += 1
    Item.objects.bulk_update(cambiados.values(), ["acceso_efectivo", "version"], batch_size=LOTE)
    registrar_varios(
        SucesoNuevo(
            clase="item.acceso_recalculado", objeto=f"item:{i.clave}", actor=actor, motivo=motivo,
            detalle={"acceso_efectivo": [antes[i.pk], i.acceso_efectivo]},
        )
        for i in cambiados.values()
    )  # fmt: skip
    _avisar(cambiados.values(), antes)
    return len(cambiados)


def _avisar(cambiados: Collection[Item], antes: dict[int, str]) -> None:
    """Un aviso para lo que se cerró, que deja de salir ya, y otro para lo que se abrió."""
    cerrados = {i.pk for i in cambiados if acceso.ORDEN.index(i.acceso_efectivo) >= acceso.ORDEN.index(antes[i.pk])}
    for revoca, ids in ((True, cerrados), (False, {i.pk for i in cambiados} - cerrados)):
        if ids:
            elementos_cambiados.send(sender=Item, ids=sorted(ids), revoca=revoca)


@transaction.atomic
def fijar_nombradas(item_ids: Iterable[int], usuario_ids: Iterable[int], actor: Usuario | None, motivo: str) -> int:
    """Deja exactamente a esas personas como las nombradas de esos elementos; devuelve en cuántos cambió.

    El nombre vale mientras la persona ejerza en el área que produce el elemento. Un suceso por elemento cambiado.
    """
    quedan = set(usuario_ids)
    return sum(_nombrar(lote, quedan, actor, motivo) for lote in batched(sorted(set(item_ids)), LOTE))


def _nombrar(ids: Sequence[int], quedan: set[int], actor: Usuario | None, motivo: str) -> int:
    claves = dict(Item.objects.filter(pk__in=ids).values_list("pk", "clave"))
    actuales: dict[int, set[int]] = defaultdict(set)
    for item_id, usuario_id in PersonaNombrada.objects.filter(item_id__in=claves).values_list("item_id", "usuario_id"):
        actuales[item_id].add(usuario_id)
    cambiados = [pk for pk in claves if actuales[pk] != quedan]
    if not cambiados:
        return 0
    PersonaNombrada.objects.filter(item_id__in=cambiados).exclude(usuario_id__in=quedan).delete()
    PersonaNombrada.objects.bulk_create(
        [PersonaNombrada(item_id=pk, usuario_id=u) for pk in cambiados for u in sorted(quedan - actuales[pk])], batch_size=LOTE
    )
    Item.objects.filter(pk__in=cambiados).update(version=F("version") + 1)
    registrar_varios(
        SucesoNuevo(
            clase="item.personas_nombradas", objeto=f"item:{claves[pk]}", actor=actor, motivo=motivo,
            detalle={"personas": [sorted(actuales[pk]), sorted(quedan)]},
        )
        for pk in cambiados
    )  # fmt: skip
    revoca = any(actuales[pk] - quedan for pk in cambiados)
    elementos_cambiados.send(sender=Item, ids=cambiados, revoca=revoca)
    return len(cambiados)
