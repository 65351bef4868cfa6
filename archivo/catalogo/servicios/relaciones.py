"""Relacionar elementos."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.models import Item, Relacion
from archivo.catalogo.relaciones import clase_de
from archivo.catalogo.servicios.accesos import recalcular_acceso
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.catalogo.signals import elementos_cambiados
from archivo.catalogo.tipos.registro import tipo_de
from archivo.identidad.puerta import Usuario


@dataclass(frozen=True)
class RelacionNueva:
    """Lo que un elemento dice de otro; en una fe de erratas, con sus correcciones `{donde, dice, debe}`.

    `grupo`, `orden` y `datos` sitúan al destino en un conjunto: la sección de una síntesis, su lugar y su resumen ahí.
    """

    destino: Item
    clase: str
    correcciones: Sequence[dict[str, str]] = ()
    grupo: str = ""
    orden: int = 0
    datos: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Impacto:
    """Lo que un boletín logró en los medios: cuántas notas lo publicaron y cuántas distintas son."""

    impactos: int
    notas_unicas: int
    valoraciones: dict[str, int]


@transaction.atomic
def relacionar(item: Item, nueva: RelacionNueva, actor: Usuario | None) -> Relacion:
    """Anota (o corrige) que `item` dice algo de otro elemento.

    Raises:
        CambioRechazado: esa relación no une esos tipos, ya está en esa sección, o hoy no se puede cambiar.
    """
    _revisar(item, nueva)
    valores = {"correcciones": list(nueva.correcciones), "orden": nueva.orden, "datos": dict(nueva.datos)}
    relacion, _ = Relacion.objects.update_or_create(
        origen_id=item.pk, destino_id=nueva.destino.pk, clase=nueva.clase, grupo=nueva.grupo, defaults=valores
    )
    _avisar("item.relacionado", item, relacion, actor)
    return relacion


def _revisar(item: Item, nueva: RelacionNueva) -> None:
    clase = clase_de(nueva.clase)
    if clase is None:
        raise CambioRechazado(f"No existe la relación «{nueva.clase}».")
    if nueva.destino.pk == item.pk:
        raise CambioRechazado("Un documento no se relaciona consigo mismo. Escriba el folio del otro.")
    if not clase.admite(item.tipo, nueva.destino.tipo):
        uno, otro = tipo_de(item.tipo).nombre.lower(), tipo_de(nueva.destino.tipo).nombre.lower()
        raise CambioRechazado(f"«{clase.nombre}» no une un elemento de tipo {uno} con uno de tipo {otro}.")
    if clase.grupos and nueva.grupo not in dict(clase.grupos):
        raise CambioRechazado(f"Elija la sección: {', '.join(n for _, n in clase.grupos)}.")
    if razon := clase.impide(item) if clase.impide else "":
        raise CambioRechazado(razon)


@transaction.atomic
def quitar_relacion(item: Item, relacion: Relacion, actor: Usuario | None) -> None:
    """Deshace una relación de `item`; el suceso conserva lo que decía.

    Raises:
        CambioRechazado: hoy no se puede cambiar (la síntesis ya se publicó).
    """
    clase = relacion.declaracion
    if razon := clase.impide(item) if clase and clase.impide else "":
        raise CambioRechazado(razon)
    relacion.delete()
    _avisar("item.relacion_quitada", item, relacion, actor)


def _avisar(suceso: str, item: Item, relacion: Relacion, actor: Usuario | None) -> None:
    detalle = {"con": relacion.destino.clave, "clase": relacion.clase, "correcciones": relacion.correcciones}
    if relacion.grupo:
        detalle["grupo"] = relacion.grupo
    registrar(SucesoNuevo(clase=suceso, objeto=f"item:{item.clave}", actor=actor, detalle=detalle))
    elementos_cambiados.send(sender=Item, ids=[item.pk, relacion.destino_id], revoca=False)
    if relacion.declaracion and relacion.declaracion.cambia_el_acceso:
        recalcular_acceso([item.pk], actor, f"{relacion.nombre}: {relacion.destino.titulo}"[:300])


def impacto_de(recortes: Sequence[Item]) -> Impacto:
    """El impacto en medios que son esos recortes: los que son la misma nota (por su nota madre) cuentan una vez. Una consulta."""
    de_pk = {r.pk for r in recortes}
    grupo = {pk: pk for pk in de_pk}
    mismas = Relacion.objects.filter(Q(origen_id__in=de_pk) | Q(destino_id__in=de_pk), clase="nota_madre")
    for origen, destino in mismas.order_by("pk").values_list("origen_id", "destino_id"):
        _unir(grupo, origen, destino)
    valoraciones: dict[str, int] = {}
    for recorte in recortes:
        clave = str(recorte.ficha.get("valoracion") or "sin_valorar")
        valoraciones[clave] = valoraciones.get(clave, 0) + 1
    return Impacto(len(de_pk), len({_raiz(grupo, pk) for pk in de_pk}), valoraciones)


def _raiz(grupo: dict[int, int], pk: int) -> int:
    while grupo.setdefault(pk, pk) != pk:
        pk = grupo[pk]
    return pk


def _unir(grupo: dict[int, int], uno: int, otro: int) -> None:
    grupo[_raiz(grupo, uno)] = _raiz(grupo, otro)
