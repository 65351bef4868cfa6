"""Cambiar muchos elementos a la vez: se ve antes, se aplica por partes, se puede repetir sin daño y se puede deshacer."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from django.db import transaction

from archivo.catalogo.acceso import puede_ver_ficha
from archivo.catalogo.campos_de_lote import SIEMPRE_ABIERTOS, poner, valor_actual, valor_nuevo
from archivo.catalogo.models import CambioEnLote, Item, RenglonDeLote
from archivo.catalogo.oficios import areas_de_captura, puede_corregir
from archivo.catalogo.servicios.edicion import Edicion, guardar
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.identidad.puerta import lector_de
from archivo.tareas.puerta import anotar_fallas, avanzar, cancelado

POR_VEZ = 200
TOPE_DE_ELEMENTOS = 10_000
Permiso = Callable[[Item], bool]
_R = RenglonDeLote.Estado


@transaction.atomic
def preparar_cambio(pedido: CambioEnLote, ids: Sequence[int], puede: Permiso) -> CambioEnLote:
    """Guarda el cambio en vista previa, con lo que haría en cada elemento. No toca ninguno.

    Raises:
        CambioRechazado: no hay elementos, o son más de diez mil.
    """
    if not ids:
        raise CambioRechazado("No hay elementos que cambiar. Elija alguno en la lista.")
    if len(ids) > TOPE_DE_ELEMENTOS:
        raise CambioRechazado(f"Son más de {TOPE_DE_ELEMENTOS:,} elementos. Reduzca la lista con filtros y hágalo por partes.")
    pedido.save()
    for grupo in batched(ids, POR_VEZ):
        items = (
            Item.objects.filter(pk__in=grupo, tipo=pedido.tipo).select_related("area").prefetch_related("temas").order_by("pk")
        )
        RenglonDeLote.objects.bulk_create(_previsto(pedido, item, puede) for item in items)
    return pedido


def _previsto(pedido: CambioEnLote, item: Item, puede: Permiso) -> RenglonDeLote:
    renglon = RenglonDeLote(cambio=pedido, item=item, version=item.version)
    nuevos = {c["campo"]: valor_nuevo(item, c["campo"], c["accion"], c.get("valor")) for c in pedido.cambios}
    renglon.despues = {campo: v for campo, v in nuevos.items() if v != valor_actual(item, campo)}
    renglon.antes = {campo: valor_actual(item, campo) for campo in renglon.despues}
    cerrados = set(renglon.despues) - SIEMPRE_ABIERTOS
    if not renglon.despues:
        renglon.estado = _R.SIN_CAMBIO
    elif not puede(item):
        renglon.estado, renglon.razon = _R.RECHAZADO, "Puede verlo, pero no corregirlo."
    elif razon := _ya_no_puede(pedido, item, renglon.despues):
        renglon.estado, renglon.razon = _R.RECHAZADO, razon
    elif cerrados and not item.clase_de_estado.se_edita:
        renglon.estado, renglon.razon = _R.RECHAZADO, f"Está {item.clase_de_estado.nombre.lower()}: eso ya no se cambia."
    return renglon


def aplicar_cambio(cambio: CambioEnLote) -> dict[str, int]:
    """Aplica lo pendiente, cada elemento en su transacción: repetirlo tras un corte sigue donde quedó."""
    CambioEnLote.objects.filter(pk=cambio.pk).update(estado=CambioEnLote.Estado.APLICANDO)
    _recorrer(cambio, _R.PENDIENTE, _aplicar)
    if not cambio.renglones.filter(estado=_R.PENDIENTE).exists():
        CambioEnLote.objects.filter(pk=cambio.pk).update(estado=CambioEnLote.Estado.APLICADO)
    return recuento(cambio)


def deshacer_cambio(cambio: CambioEnLote) -> dict[str, int]:
    """Vuelve a como estaba cada elemento que nadie corrigió después; los demás se quedan, con la razón."""
    CambioEnLote.objects.filter(pk=cambio.pk).update(estado=CambioEnLote.Estado.DESHACIENDO)
    _recorrer(cambio, _R.APLICADO, _deshacer)
    if not cambio.renglones.filter(estado=_R.APLICADO).exists():
        CambioEnLote.objects.filter(pk=cambio.pk).update(estado=CambioEnLote.Estado.DESHECHO)
    return recuento(cambio)


def recuento(cambio: CambioEnLote) -> dict[str, int]:
    """Cuántos renglones hay en cada estado."""
    cuenta = dict.fromkeys(_R.values, 0)
    for estado in cambio.renglones.values_list("estado", flat=True).iterator():
        cuenta[estado] += 1
    return cuenta


def _recorrer(cambio: CambioEnLote, estado: str, hacer: Callable[[CambioEnLote, RenglonDeLote], None]) -> None:
    total = cambio.renglones.filter(estado=estado).count()
    for n, renglon in enumerate(_por_atender(cambio, estado), 1):
        if cancelado():
            return
        with transaction.atomic():
            hacer(cambio, renglon)
        if renglon.estado in {_R.RECHAZADO, _R.SE_QUEDA}:
            anotar_fallas([(renglon.item.clave, renglon.razon)])
        avanzar(n, total)


def _por_atender(cambio: CambioEnLote, estado: str) -> Iterator[RenglonDeLote]:
    ids: Iterable[int] = list(cambio.renglones.filter(estado=estado).values_list("pk", flat=True))
    for grupo in batched(ids, POR_VEZ):
        yield from RenglonDeLote.objects.filter(pk__in=grupo).select_related("item").order_by("pk")


def _ya_no_puede(cambio: CambioEnLote, item: Item, valores: dict[str, Any]) -> str:
    """Por qué quien lo pidió no puede hoy ponerle eso, o «»: entre pedirlo y hacerlo pudo terminar su rol o cambiar el documento."""
    if cambio.actor is None:
        return ""
    lector = lector_de(cambio.actor)
    if not puede_corregir(lector, item):
        return "Puede verlo, pero no corregirlo." if puede_ver_ficha(lector, item) else "Ya no está a su alcance."
    suyas = areas_de_captura(lector, [item.tipo])
    if None not in suyas and valores.get("area_id", item.area_id) not in {*suyas, item.area_id}:
        return "Esa área no es de las suyas: pídalo a quien capture en las dos."
    return ""


def _aplicar(cambio: CambioEnLote, renglon: RenglonDeLote) -> None:
    item = Item.objects.select_for_update().get(pk=renglon.item_id)
    if item.version != renglon.version:
        _anotar(renglon, _R.RECHAZADO, "Alguien lo corrigió después de la vista previa.")
        return
    if razon := _ya_no_puede(cambio, item, renglon.despues):
        _anotar(renglon, _R.RECHAZADO, razon)
        return
    motivo = cambio.motivo or f"Cambio en lote {cambio.pk}"
    _escribir(item, renglon, renglon.despues, Edicion(cambio.actor, motivo=motivo), _R.APLICADO)


def _deshacer(cambio: CambioEnLote, renglon: RenglonDeLote) -> None:
    item = Item.objects.select_for_update().get(pk=renglon.item_id)
    if item.version != renglon.version:
        _anotar(renglon, _R.SE_QUEDA, "Alguien lo corrigió después: se queda como está.")
        return
    if razon := _ya_no_puede(cambio, item, renglon.antes):
        _anotar(renglon, _R.SE_QUEDA, razon)
        return
    edicion = Edicion(cambio.actor, motivo=f"Se deshizo el cambio en lote {cambio.pk}")
    _escribir(item, renglon, renglon.antes, edicion, _R.DESHECHO)


def _escribir(item: Item, renglon: RenglonDeLote, valores: dict[str, Any], edicion: Edicion, al_final: str) -> None:
    """Por el servicio del catálogo; si no procede, el elemento queda intacto y el renglón dice por qué."""
    try:
        with transaction.atomic():
            temas = poner(item, valores)
            guardar(item, Edicion(edicion.actor, temas=temas, motivo=edicion.motivo))
    except CambioRechazado as razon:
        _anotar(renglon, _R.RECHAZADO if al_final == _R.APLICADO else _R.SE_QUEDA, str(razon))
        return
    renglon.version = item.version
    _anotar(renglon, al_final, "")


def _anotar(renglon: RenglonDeLote, estado: str, razon: str) -> None:
    renglon.estado, renglon.razon = estado, razon[:500]
    renglon.save(update_fields=["estado", "razon", "version"])
