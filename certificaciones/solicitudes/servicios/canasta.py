"""La canasta: qué documentos, y qué páginas de ellos."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Prefetch, QuerySet, prefetch_related_objects

from archivo.catalogo.puerta import Adjunto, Item, puede_ver_ficha, puede_ver_texto
from archivo.identidad.puerta import Lector
from certificaciones.solicitudes.errores import SolicitudRechazada
from certificaciones.solicitudes.models import ElementoSolicitado, Solicitud
from certificaciones.solicitudes.rangos import escribir_paginas, leer_paginas
from certificaciones.solicitudes.servicios.constancias import anotar

TOPE_DE_DOCUMENTOS = 200


@dataclass(frozen=True)
class Pedido:
    """Un documento que se pide; sin `adjunto`, el documento con todos sus archivos; `paginas` como «1-3, 7»."""

    item: Item
    adjunto: Adjunto | None = None
    paginas: str = ""


def documentos_para(lector: Lector, claves: Iterable[str]) -> dict[str, Item]:
    """Los documentos con esas claves que esa persona (o cualquiera, con `ANONIMO`) puede saber que existen, con sus archivos."""
    archivos = Prefetch("adjuntos", Adjunto.objects.select_related("objeto"))
    items = Item.objects.visibles_para(lector).filter(clave__in=claves).select_related("area").prefetch_related(archivos)
    return {i.clave: i for i in items if puede_ver_ficha(lector, i)}


def documento_para(lector: Lector, clave: str) -> Item | None:
    """El documento con esa clave, si esa persona (o cualquiera, con `ANONIMO`) puede saber que existe; si no, None."""
    return documentos_para(lector, [clave]).get(clave)


def archivo_con_paginas(item: Item, lector: Lector) -> Adjunto | None:
    """El archivo cuyas páginas se piden: el primero de los legibles que las tiene, el original antes que los demás."""
    prefetch_related_objects([item], Prefetch("adjuntos", Adjunto.objects.select_related("objeto")))
    legibles = [a for a in item.adjuntos.all() if a.objeto.paginas and puede_ver_texto(lector, item, a)]
    return min(legibles, key=lambda a: (a.rol != "original", a.orden, a.pk), default=None)


def elementos_visibles(solicitud: Solicitud, lector: Lector) -> QuerySet[ElementoSolicitado]:
    """Los de la canasta que esa persona puede saber que existen, en su orden."""
    suyos = Item.objects.visibles_para(lector).filter(pk__in=solicitud.elementos.values("item_id"))
    return solicitud.elementos.filter(item__in=suyos).select_related("item__area", "adjunto__objeto").order_by("orden", "id")


@transaction.atomic
def agregar(solicitud: Solicitud, pedido: Pedido, actor: Any) -> ElementoSolicitado:
    """Agrega un documento a la canasta.

    Raises:
        SolicitudRechazada: la canasta está cerrada o llena, las páginas no existen, o ya estaba.
    """
    _exigir_abierta(solicitud)
    if solicitud.elementos.count() >= TOPE_DE_DOCUMENTOS:
        raise SolicitudRechazada(f"Una solicitud lleva hasta {TOPE_DE_DOCUMENTOS} documentos. Haga otra con los demás.")
    paginas = leer_paginas(pedido.paginas, _total_de(pedido))
    ultimo = solicitud.elementos.aggregate(n=Max("orden"))["n"] or 0
    try:
        with transaction.atomic():
            elemento = ElementoSolicitado.objects.create(
                solicitud=solicitud,
                item=pedido.item,
                adjunto=pedido.adjunto,
                paginas=escribir_paginas(paginas) if paginas else "",
                orden=ultimo + 1,
                agregado_por=actor,
            )
    except IntegrityError as error:
        raise SolicitudRechazada("Ese documento, con esas páginas, ya está en la canasta.") from error
    anotar(solicitud, "documento_agregado", actor, detalle={"documento": pedido.item.clave, "paginas": elemento.paginas})
    return elemento


def agregar_varios(solicitud: Solicitud, pedidos: Iterable[Pedido], actor: Any) -> None:
    """Agrega cada uno, o ninguno si alguno no procede."""
    with transaction.atomic():
        for pedido in pedidos:
            agregar(solicitud, pedido, actor)


@transaction.atomic
def quitar(elemento: ElementoSolicitado, actor: Any) -> None:
    """Quita un documento de la canasta.

    Raises:
        SolicitudRechazada: la canasta está cerrada.
    """
    _exigir_abierta(elemento.solicitud)
    anotar(elemento.solicitud, "documento_quitado", actor, detalle={"documento": elemento.item.clave})
    elemento.delete()


def _exigir_abierta(solicitud: Solicitud) -> None:
    if not solicitud.situacion.admite_cambios:
        raise SolicitudRechazada(
            f"La canasta de {solicitud.folio} está cerrada: la solicitud está {solicitud.situacion.nombre.lower()}."
        )


def _total_de(pedido: Pedido) -> int | None:
    """Las páginas que tiene lo pedido, si se sabe."""
    if pedido.adjunto is not None:
        return pedido.adjunto.objeto.paginas
    archivos = [a.objeto.paginas for a in pedido.item.adjuntos.select_related("objeto") if a.objeto.paginas]
    return archivos[0] if len(archivos) == 1 else None
