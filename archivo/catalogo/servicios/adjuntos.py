"""Colgar archivos de un elemento."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo import acceso
from archivo.catalogo.models import Adjunto, Item
from archivo.catalogo.servicios.paginas import poner_paginas
from archivo.catalogo.servicios.pendientes import pendientes_de
from archivo.catalogo.signals import elementos_cambiados
from archivo.identidad.puerta import Usuario
from archivo.objetos.puerta import ObjetoDigital


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
            "orden": item.adjuntos.count(), "avisos": list(nuevo.avisos),
        },
    )  # fmt: skip
    if not creado:
        return adjunto
    poner_paginas(adjunto, nuevo.paginas, nuevo.lectura)
    item.refresh_from_db(fields=["partes", "pendientes", "version"])
    item.pendientes = pendientes_de(item, con_texto=item.partes > 0)
    item.version += 1
    Item.objects.filter(pk=item.pk).update(version=item.version, pendientes=item.pendientes)
    detalle = {"sha256": nuevo.objeto.sha256, "nombre": nuevo.nombre, "rol": nuevo.rol, "paginas": len(nuevo.paginas)}
    registrar(SucesoNuevo(clase="item.adjunto_agregado", objeto=f"item:{item.clave}", actor=actor, detalle=detalle))
    elementos_cambiados.send(sender=Item, ids=[item.pk], revoca=False)
    return adjunto


def elemento_con(objeto: ObjetoDigital) -> Item | None:
    """El primer elemento que ya tiene ese archivo como original, si lo hay."""
    adjunto = Adjunto.objects.filter(objeto=objeto, rol="original").select_related("item").order_by("pk").first()
    return adjunto.item if adjunto else None
