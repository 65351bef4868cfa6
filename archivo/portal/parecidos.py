"""Qué hay alrededor de un elemento: lo que se le parece y los conjuntos dentro de los que se puede buscar."""

import logging

from archivo.archivistica.puerta import expedientes_de, nombres_de_clases
from archivo.catalogo.puerta import NIVELES, Item
from archivo.indexacion.puerta import ambito_de, anotar_falla, motor
from archivo.portal.lectura import Elemento
from search import SearchError

bitacora = logging.getLogger("archivo.portal")

CUANTOS = 5
_ESCALONES = ("El fondo", "La sección", "La serie", "La subserie")


def parecidos_a(elemento: Elemento) -> list[Item] | None:
    """Hasta cinco, lo más parecido primero; None si el motor no responde: no se sabe si los hay.

    Lo que exige constancia de lectura no se propone: nadie lo pidió, y nombrarlo ya sería una lectura.
    """
    lector = elemento.visita.lector
    try:
        claves = [h.key for h in motor().similar(elemento.item.clave, ambito_de(lector), CUANTOS)]
    except SearchError as error:
        anotar_falla(bitacora, "No se buscaron documentos parecidos", error)
        return None
    filas = Item.objects.visibles_para(lector).filter(clave__in=claves).only("clave", "titulo", "fecha", "acceso_efectivo")
    items = {i.clave: i for i in filas if not NIVELES[i.acceso_efectivo].se_audita}
    return [items[c] for c in claves if c in items]


def lugares_de(elemento: Elemento) -> list[tuple[str, str, str]]:
    """Dentro de qué conjuntos del elemento se puede buscar, si esa persona los puede conocer: (filtro, valor, cómo se dice)."""
    if not elemento.puede_texto:
        return []
    item, lugares = elemento.item, []
    if item.serie:
        lugares.append(("serie", item.serie.nombre, f"La serie «{item.serie.nombre}»"))
    expediente = expedientes_de([item]).get(item.pk)
    if expediente and (expediente.publico or not expediente.senas.isdisjoint(elemento.visita.lector.fichas())):
        lugares.append(("expediente", expediente.codigo, f"El expediente {expediente.codigo}"))
        nombres = nombres_de_clases(expediente.clases)
        escalones = zip(expediente.clases, _ESCALONES, strict=False)
        lugares += [("clasificacion", c, f"{n} {c} {nombres.get(c, '')}".strip()) for c, n in escalones]
    return lugares
