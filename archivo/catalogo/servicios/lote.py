"""Catalogar por lotes: las mismas reglas que de uno en uno, con pocas consultas."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from archivo.auditoria.puerta import SucesoNuevo, registrar_varios
from archivo.catalogo.aportes import fijar_efectivos
from archivo.catalogo.models import Item, Pagina, Tema
from archivo.catalogo.servicios.accesos import combinar_adjuntos
from archivo.catalogo.servicios.edicion import cambios_entre, huella_de, se_cerro
from archivo.catalogo.servicios.paginas import partes_de_texto, rehacer_partes
from archivo.catalogo.servicios.pendientes import pendientes_de
from archivo.catalogo.signals import elementos_cambiados
from archivo.identidad.puerta import Usuario


@dataclass
class ItemDeLote:
    """Un elemento por crear o actualizar, con su texto llano y sus temas.

    Al actualizar, `temas` None o `conserva_texto` dejan los que tiene.
    """

    item: Item
    texto: str = ""
    temas: Sequence[Tema] | None = None
    conserva_texto: bool = False


@transaction.atomic
def crear_lote(lote: Sequence[ItemDeLote], actor: Usuario | None, motivo: str) -> None:
    """Crea los elementos de un lote con su texto, su constancia y un solo aviso."""
    partes = [partes_de_texto(nuevo.texto) for nuevo in lote]
    for nuevo, textos in zip(lote, partes, strict=True):
        _preparar(nuevo, actor, len(textos))
    fijar_efectivos([nuevo.item for nuevo in lote])
    Item.objects.bulk_create([nuevo.item for nuevo in lote])
    Pagina.objects.bulk_create(
        Pagina(item=nuevo.item, n=n, texto=texto)
        for nuevo, textos in zip(lote, partes, strict=True)
        for n, texto in enumerate(textos, 1)
    )
    enlaces = Item.temas.through
    enlaces.objects.bulk_create(enlaces(item_id=nuevo.item.pk, tema_id=tema.pk) for nuevo in lote for tema in nuevo.temas or ())
    registrar_varios(
        [
            SucesoNuevo(
                clase="item.creado", objeto=f"item:{n.item.clave}", actor=actor, motivo=motivo, detalle={"tipo": n.item.tipo}
            )
            for n in lote
        ]
    )
    elementos_cambiados.send(sender=Item, ids=[nuevo.item.pk for nuevo in lote], revoca=False)


def _preparar(nuevo: ItemDeLote, actor: Usuario | None, partes: int) -> None:
    item = nuevo.item
    item.fijar_tipo()
    item.creado_por = actor
    item.partes = partes
    item.pendientes = pendientes_de(item, con_texto=partes > 0)


def _textos_de(ids: Sequence[int]) -> dict[int, str]:
    """El texto llano que tiene cada uno: quien lo cambia queda como quien lo escribió, y no lo autoriza."""
    textos: dict[int, str] = {}
    partes = Pagina.objects.filter(item_id__in=ids, adjunto__isnull=True).order_by("item_id", "n")
    for item_id, texto in partes.values_list("item_id", "texto"):
        textos[item_id] = textos.get(item_id, "") + texto
    return textos


@transaction.atomic
def actualizar_lote(lote: Sequence[ItemDeLote], actor: Usuario | None, motivo: str) -> None:
    """Actualiza elementos que una importación trae distintos."""
    sucesos, revoca = [], False
    textos = _textos_de([nuevo.item.pk for nuevo in lote if not nuevo.conserva_texto])
    fijar_efectivos([nuevo.item for nuevo in lote])
    for nuevo in lote:
        item = nuevo.item
        antes = Item.objects.get(pk=item.pk)
        item.version = antes.version + 1
        item.save()
        if not nuevo.conserva_texto:
            rehacer_partes(item, nuevo.texto)
        if nuevo.temas is not None:
            item.temas.set(nuevo.temas)
        item.pendientes = pendientes_de(item, con_texto=item.partes > 0, con_archivo=item.adjuntos.exists())
        Item.objects.filter(pk=item.pk).update(pendientes=item.pendientes)
        detalle: dict[str, Any] = dict(cambios_entre(antes, item))
        if not nuevo.conserva_texto and nuevo.texto.strip() != textos.get(item.pk, "").strip():
            detalle["texto"] = huella_de(item.titulo, nuevo.texto)
        sucesos.append(
            SucesoNuevo(clase="item.corregido", objeto=f"item:{item.clave}", actor=actor, motivo=motivo, detalle=detalle)
        )
        revoca = revoca or se_cerro(antes, item)
    combinar_adjuntos([nuevo.item for nuevo in lote])
    registrar_varios(sucesos)
    elementos_cambiados.send(sender=Item, ids=[nuevo.item.pk for nuevo in lote], revoca=revoca)
