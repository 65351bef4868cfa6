"""De claves del motor a elementos de la base: se vuelve a preguntar a la política y se recorta el texto en la base."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import DatabaseError
from django.db.models import Q

from archivo.auditoria.puerta import SucesoNuevo, registrar_varios
from archivo.catalogo.puerta import Adjunto, Item, Pagina, puede_ver_texto, se_audita
from archivo.identidad.puerta import Lector, Usuario
from archivo.portal.puerta import LecturaSinConstancia, segmentos, tiene_imagen
from buscador.respuesta import PaginaHallada, Resultado
from search import Node, PageHit, Snippet, snippet

bitacora = logging.getLogger("archivo.busqueda")

LARGO_DE_FRAGMENTO = 240
VACIO = Snippet((), leading=False, trailing=False)

type Paginas = Mapping[str, Sequence[PageHit]]


@dataclass(frozen=True)
class _Lugar:
    item: Item
    adjuntos: Mapping[int, Adjunto]
    textos: Mapping[int, Pagina]
    lector: Lector

    def legible(self, pagina: Pagina) -> bool:
        """¿Puede leer esa página?"""
        adjunto = self.adjuntos[pagina.adjunto_id] if pagina.adjunto_id else None
        return puede_ver_texto(self.lector, self.item, adjunto)


def resultados(claves: Sequence[str], paginas: Paginas, consulta: Node | None, lector: Lector) -> list[Resultado]:
    """Los elementos de esas claves, en ese orden, con lo que esa persona puede leer. Cuatro consultas."""
    filas = Item.objects.visibles_para(lector).filter(clave__in=claves).select_related("area", "serie", "medio")
    items = {i.clave: i for i in filas.prefetch_related("nombradas")}
    _avisar_de_diferencias(claves, items)
    adjuntos = _adjuntos_de(items.values())
    textos = _textos_de(items, paginas)
    lugares = [_Lugar(items[c], adjuntos.get(items[c].pk, {}), textos.get(items[c].pk, {}), lector) for c in claves if c in items]
    _anotar_lecturas([lugar.item for lugar in lugares], lector)
    return [_resultado(lugar, paginas.get(lugar.item.clave, ()), consulta) for lugar in lugares]


def _avisar_de_diferencias(claves: Sequence[str], items: Mapping[str, Item]) -> None:
    for clave in claves:
        if clave not in items:
            bitacora.error("ALARMA: el índice ofreció «%s» a quien no puede verlo; no se mostró", clave)


def _adjuntos_de(items: Iterable[Item]) -> dict[int, dict[int, Adjunto]]:
    por_item: dict[int, dict[int, Adjunto]] = {}
    for adjunto in Adjunto.objects.filter(item__in=[i.pk for i in items]).select_related("objeto"):
        por_item.setdefault(adjunto.item_id, {})[adjunto.pk] = adjunto
    return por_item


def _textos_de(items: Mapping[str, Item], paginas: Paginas) -> dict[int, dict[int, Pagina]]:
    pedidas = Q(pk__in=[])
    for clave, item in items.items():
        pedidas |= Q(item_id=item.pk, n__in=[p.number for p in paginas.get(clave, ())] or [1])
    por_item: dict[int, dict[int, Pagina]] = {}
    for pagina in Pagina.objects.filter(pedidas):
        por_item.setdefault(pagina.item_id, {})[pagina.n] = pagina
    return por_item


def _resultado(lugar: _Lugar, halladas: Sequence[PageHit], consulta: Node | None) -> Resultado:
    vistas = [_pagina(lugar, lugar.textos[p.number], consulta) for p in halladas if _se_puede(lugar, p.number)]
    item = lugar.item
    return Resultado(
        item=item,
        titulo=segmentos(item.titulo, consulta, "title"),
        fragmento=vistas[0].fragmento if vistas else _fragmento_de_la_ficha(lugar, consulta),
        paginas=vistas,
        tiene_miniatura=any(tiene_imagen(a) and puede_ver_texto(lugar.lector, item, a) for a in lugar.adjuntos.values()),
    )


def _se_puede(lugar: _Lugar, n: int) -> bool:
    return n in lugar.textos and lugar.legible(lugar.textos[n])


def _pagina(lugar: _Lugar, pagina: Pagina, consulta: Node | None) -> PaginaHallada:
    archivo = lugar.adjuntos[pagina.adjunto_id].nombre if pagina.adjunto_id else ""
    recorte = snippet(pagina.texto, consulta, LARGO_DE_FRAGMENTO)
    return PaginaHallada(pagina.n, recorte, pagina.n_en_archivo, archivo)


def _fragmento_de_la_ficha(lugar: _Lugar, consulta: Node | None) -> Snippet:
    if lugar.item.resumen:
        return snippet(lugar.item.resumen, consulta, LARGO_DE_FRAGMENTO)
    primera = min(lugar.textos, default=None)
    if primera is None or not lugar.legible(lugar.textos[primera]):
        return VACIO
    return snippet(lugar.textos[primera].texto, consulta, LARGO_DE_FRAGMENTO)


def _anotar_lecturas(items: Sequence[Item], lector: Lector) -> None:
    """Ver en una lista algo reservado o confidencial también se anota; si no se puede, la búsqueda no contesta."""
    vigilados = [i for i in items if se_audita(i)]
    if not vigilados:
        return
    actor = Usuario.objects.filter(pk=lector.usuario_id or 0).first()
    sucesos = [
        SucesoNuevo(clase="item.consultado", objeto=f"item:{i.clave}", actor=actor, detalle={"superficie": "busqueda"})
        for i in vigilados
    ]
    try:
        registrar_varios(sucesos)
    except DatabaseError as error:
        raise LecturaSinConstancia("busqueda") from error
