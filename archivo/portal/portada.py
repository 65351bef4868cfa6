"""Lo que la portada cuenta: cuánto hay, de qué tipos y años, y qué conviene abrir hoy.

Las cifras salen del motor de búsqueda con el ámbito público: cada una es exactamente la lista que abre. Las listas de
elementos salen de la base y no dependen del buscador.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from archivo.catalogo.puerta import Adjunto, Item, TipoDeItem, puede_ver_texto, todos_los_tipos
from archivo.identidad.puerta import Lector
from archivo.indexacion.puerta import ambito_publico, anotar_falla, motor
from search import Facet, FacetValue, SearchError, SearchRequest

bitacora = logging.getLogger("archivo.portal")

PRIMER_ANIO = 1850
DE_HOY = 4
RECIENTES = 4
RENGLONES = 6
ESCALONES = 8
CON_IMAGEN = ("application/pdf", "image/")


@dataclass(frozen=True)
class Coleccion:
    """Un tipo, cuántos hay y en qué series o clases se reparten: (campo, valor, total)."""

    tipo: TipoDeItem
    total: int
    partes: Sequence[tuple[str, str, int]]


@dataclass(frozen=True)
class Caja:
    """Un año del anaquel: cuántos documentos y qué tan llena se ve (0 a 8)."""

    anio: int
    total: int
    nivel: int


@dataclass(frozen=True)
class Cifras:
    """Lo público, contado."""

    total: int
    colecciones: Sequence[Coleccion]
    areas: Sequence[FacetValue]
    temas: Sequence[FacetValue]
    decadas: Sequence[Sequence[Caja]] = field(default_factory=list)

    @property
    def primer_anio(self) -> int | None:
        """El año más antiguo con documentos."""
        return min((c.anio for decada in self.decadas for c in decada), default=None)


def cifras() -> Cifras | None:
    """Las cifras de lo público; None si el buscador no responde (queda anotado)."""
    de_tipos = [c.nombre for t in todos_los_tipos() for c in t.campos]
    facetas = (
        Facet("tipo"),
        Facet("anio", 1000),
        Facet("area", RENGLONES),
        Facet("tema", 12),
        *(Facet(n, RENGLONES) for n in de_tipos),
    )
    try:
        respuesta = motor().search(SearchRequest(ambito_publico(), facets=facetas, limit=0))
    except SearchError as error:
        anotar_falla(bitacora, "La portada se muestra sin cifras: el buscador no responde", error)
        return None
    por_tipo = {str(v.value): v.count for v in respuesta.facets["tipo"]}
    colecciones = [_coleccion(t, por_tipo[t.codigo], respuesta.facets) for t in todos_los_tipos() if t.codigo in por_tipo]
    anios = {int(v.value): v.count for v in respuesta.facets["anio"]}
    return Cifras(respuesta.total, colecciones, respuesta.facets["area"], respuesta.facets["tema"], anaquel(anios))


def _coleccion(tipo: TipoDeItem, total: int, facetas: object) -> Coleccion:
    partes = [(c.nombre, str(v.value), v.count) for c in tipo.campos for v in facetas[c.nombre]]  # type: ignore[index]
    return Coleccion(tipo, total, partes)


def anaquel(anios: dict[int, int]) -> list[list[Caja]]:
    """Los años por décadas, de la más reciente a la más antigua; los años sin nada en medio también tienen su caja."""
    if not anios:
        return []
    mayor = max(anios.values())
    decadas: dict[int, list[Caja]] = {}
    for anio in range(min(anios), max(anios) + 1):
        total = anios.get(anio, 0)
        decadas.setdefault(anio // 10, []).append(Caja(anio, total, -(-ESCALONES * total // mayor)))
    return [cajas for _, cajas in sorted(decadas.items(), reverse=True) if any(c.total for c in cajas)]


def tal_dia_como(hoy: date) -> list[Item]:
    """Lo público fechado un día como hoy de otros años, de lo reciente a lo antiguo. Usa el índice por fecha."""
    dias = [dia for anio in range(PRIMER_ANIO, hoy.year) if (dia := _mismo_dia(hoy, anio))]
    return list(Item.objects.publicos().filter(fecha__in=dias, fecha_hasta=F("fecha")).order_by("-fecha", "-id")[:DE_HOY])


def _mismo_dia(hoy: date, anio: int) -> date | None:
    try:
        return hoy.replace(year=anio)
    except ValueError:
        return None


def recientes() -> list[Item]:
    """Lo último que se incorporó y es público."""
    return list(Item.objects.publicos().order_by("-pk")[:RECIENTES])


def tiene_imagen(adjunto: Adjunto) -> bool:
    """¿De ese archivo se pueden hacer imágenes?"""
    return adjunto.objeto.mime.startswith(CON_IMAGEN)


def con_miniatura(items: Iterable[Item], lector: Lector) -> set[int]:
    """Los elementos de los que esa persona puede ver una imagen en miniatura. Una consulta."""
    por_pk = {i.pk: i for i in items}
    adjuntos = Adjunto.objects.filter(item__in=por_pk).select_related("objeto")
    return {a.item_id for a in adjuntos if tiene_imagen(a) and puede_ver_texto(lector, por_pk[a.item_id], a)}
