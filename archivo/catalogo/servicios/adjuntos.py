"""Colgar archivos de un elemento."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo import acceso
from archivo.catalogo.models import Adjunto, Item
from archivo.catalogo.oficios import puede_desclasificar, razon_contra_el_acceso
from archivo.catalogo.servicios.accesos import efectivo_de
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.catalogo.servicios.paginas import poner_paginas, renumerar
from archivo.catalogo.servicios.pendientes import pendientes_de
from archivo.catalogo.signals import elementos_cambiados
from archivo.identidad.puerta import Usuario, lector_de
from archivo.objetos.puerta import ObjetoDigital

_SE_REDACTA = {"borrador", "en_revision"}


@dataclass(frozen=True)
class AdjuntoNuevo:
    """Un archivo por colgar: su objeto, su papel y, si se leyó, el texto de cada página."""

    objeto: ObjetoDigital
    nombre: str
    rol: str = "original"
    pie: str = ""
    credito: str = ""
    alternativa: str = ""
    acceso: str = ""
    paginas: Sequence[str] = ()
    lectura: str = "pdf"
    avisos: Sequence[str] = ()
    datos: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DescripcionDeAdjunto:
    """Lo que una persona decide de un archivo. `acceso` vacío es el del documento; `orden`, su lugar entre los demás."""

    pie: str = ""
    credito: str = ""
    alternativa: str = ""
    acceso: str = ""
    orden: int = 0


@transaction.atomic
def adjuntar(item: Item, nuevo: AdjuntoNuevo, actor: Usuario | None) -> Adjunto:
    """Cuelga un archivo con sus páginas. Repetirlo con el mismo objeto y papel no lo duplica."""
    adjunto, creado = Adjunto.objects.get_or_create(
        item_id=item.pk,
        objeto=nuevo.objeto,
        rol=nuevo.rol,
        defaults={
            "nombre": nuevo.nombre[:255], "pie": nuevo.pie, "credito": nuevo.credito, "alternativa": nuevo.alternativa, "acceso": nuevo.acceso,
            "acceso_efectivo": acceso.combinar(item.acceso_efectivo, nuevo.acceso),
            "orden": item.adjuntos.count(), "avisos": list(nuevo.avisos), "datos": dict(nuevo.datos),
        },
    )  # fmt: skip
    if not creado:
        return adjunto
    poner_paginas(adjunto, nuevo.paginas, nuevo.lectura)
    item.refresh_from_db(fields=["partes", "pendientes", "version"])
    item.pendientes = pendientes_de(item, con_texto=item.partes > 0, con_archivo=True)
    item.version += 1
    Item.objects.filter(pk=item.pk).update(version=item.version, pendientes=item.pendientes)
    detalle = {"sha256": nuevo.objeto.sha256, "nombre": nuevo.nombre, "rol": nuevo.rol, "paginas": len(nuevo.paginas)}
    registrar(SucesoNuevo(clase="item.adjunto_agregado", objeto=f"item:{item.clave}", actor=actor, detalle=detalle))
    elementos_cambiados.send(sender=Item, ids=[item.pk], revoca=False)
    return adjunto


@transaction.atomic
def describir_adjunto(adjunto: Adjunto, descripcion: DescripcionDeAdjunto, actor: Usuario | None) -> Adjunto:
    """Escribe lo que se dice de un archivo y quién lo lee; el archivo no cambia.

    Raises:
        CambioRechazado: cambiar su acceso no corresponde a quien lo pide.
    """
    item = adjunto.item
    revisar_acceso_de_archivo(adjunto, descripcion.acceso, actor)
    antes = acceso.circulos_de_texto(item, adjunto)
    for campo, valor in asdict(descripcion).items():
        setattr(adjunto, campo, valor)
    adjunto.acceso_efectivo = efectivo_de(adjunto, item)
    adjunto.save(update_fields=[*asdict(descripcion), "acceso_efectivo"])
    renumerar(item)
    revoca = bool(antes - acceso.circulos_de_texto(item, adjunto))
    _dejar_constancia(
        item, "item.adjunto_descrito", {"sha256": adjunto.objeto.sha256, **asdict(descripcion)}, actor, revoca=revoca
    )
    return adjunto


def revisar_acceso_de_archivo(adjunto: Adjunto, nuevo: str, actor: Usuario | None) -> None:
    """Cerrar o abrir un archivo toca a los mismos que el documento; abrir lo reservado, a quien desclasifica.

    Raises:
        CambioRechazado: no le toca. Lo que no cambia quién lo lee no se pregunta.
    """
    if actor is None or nuevo == adjunto.acceso:
        return
    item, lector = adjunto.item, lector_de(actor)
    antes, despues = (acceso.combinar(item.acceso, nivel) for nivel in (adjunto.acceso, nuevo))
    razon = razon_contra_el_acceso(lector, item.area_id, antes, despues)
    abre = acceso.NIVELES[antes].se_audita and acceso.ORDEN.index(despues) < acceso.ORDEN.index(antes)
    if abre and not puede_desclasificar(lector, item.area_id):
        razon = f"Abrir un archivo {acceso.NIVELES[antes].nombre.lower()} corresponde a quien puede desclasificarlo."
    if razon:
        raise CambioRechazado(razon)


@transaction.atomic
def quitar_adjunto(adjunto: Adjunto, actor: Usuario | None) -> None:
    """Descuelga un archivo de un documento que aún se redacta. El original sigue en el archivo.

    Raises:
        CambioRechazado: el documento ya se autorizó; se restringe el acceso del archivo en vez de quitarlo.
    """
    item = adjunto.item
    if item.estado not in _SE_REDACTA:
        raise CambioRechazado(
            "El documento ya se autorizó: sus archivos no se quitan. Restrinja el acceso del archivo, si hace falta."
        )
    detalle: dict[str, object] = {"sha256": adjunto.objeto.sha256, "nombre": adjunto.nombre, "rol": adjunto.rol}
    adjunto.delete()
    renumerar(item)
    _dejar_constancia(item, "item.adjunto_quitado", detalle, actor, revoca=False)


def _dejar_constancia(item: Item, clase: str, detalle: dict[str, object], actor: Usuario | None, *, revoca: bool) -> None:
    Item.objects.filter(pk=item.pk).update(version=F("version") + 1)
    registrar(SucesoNuevo(clase=clase, objeto=f"item:{item.clave}", actor=actor, detalle=detalle))
    elementos_cambiados.send(sender=Item, ids=[item.pk], revoca=revoca)
