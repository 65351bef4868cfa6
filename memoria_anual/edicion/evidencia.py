"""Lo que una memoria puede nombrar: es un documento público, así que sólo lo que cualquiera puede ver."""

import re
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from archivo.catalogo.puerta import Item, puede_ver_ficha, puede_ver_texto
from archivo.identidad.puerta import ANONIMO, Lector
from memoria_anual.cortes.puerta import CifraDeCorte, ElementoDeCorte, elementos_de
from memoria_anual.indicadores.puerta import visibles

TRAMO = 500

_ROTULO = re.compile(r"^\s*foto(?:graf[ií]a)?\s*:\s*", re.IGNORECASE)


def a_la_vista(
    cifra: CifraDeCorte, lector: Lector = ANONIMO, cuantos: int | None = None
) -> Iterator[tuple[ElementoDeCorte, Item | None]]:
    """Los elementos de una cifra que esa persona puede ver hoy, en su orden, hasta `cuantos`."""
    dados = 0
    for tramo in batched(elementos_de(cifra), TRAMO):
        for elemento, item, se_ve in visibles(lector, tramo, superficie="memoria"):
            if se_ve:
                yield elemento, item
                dados += 1
                if dados == cuantos:
                    return


def publicos(claves: Iterable[str]) -> dict[str, Item]:
    """Los elementos con esas claves cuya ficha puede ver cualquiera, con sus archivos. Tres consultas, sean cuantos sean."""
    limpias = {c.strip() for c in claves}
    hallados = Item.objects.publicos().filter(clave__in=limpias).prefetch_related("adjuntos__objeto")
    return {i.clave: i for i in hallados if puede_ver_ficha(ANONIMO, i)}


def fotografia_publica(item: Item | None) -> dict[str, Any] | None:
    """La imagen de un elemento que cualquiera puede ver: `{sha256, clave, alt, pie, credito, mime}`; None si no la hay."""
    if item is None:
        return None
    for adjunto in sorted(item.adjuntos.all(), key=lambda a: (a.orden, a.pk)):
        if adjunto.objeto.mime.startswith("image/") and puede_ver_texto(ANONIMO, item, adjunto):
            pie = adjunto.pie or item.titulo
            return {
                "sha256": adjunto.objeto.sha256, "clave": item.clave, "alt": adjunto.alternativa or f"Fotografía: {pie}", "pie": pie,
                "credito": adjunto.credito or item.ficha.get("credito", "") or item.autor,
            }  # fmt: skip
    return None


def como_prueba(item: Item) -> dict[str, str]:
    """Un elemento como se cita: clave, folio, título, día y dirección."""
    return {
        "clave": item.clave, "folio": item.folio, "titulo": item.titulo, "fecha": item.fecha.isoformat() if item.fecha else "",
        "url": item.get_absolute_url(),
    }  # fmt: skip


def sin_rotulo(credito: str | None) -> str:
    """El crédito sin el «Foto:» que ya ponen el sitio y los impresos."""
    return _ROTULO.sub("", credito or "")
