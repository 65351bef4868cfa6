"""Lo que ya está en el archivo y se parece a lo que se va a guardar. El motor propone candidatos; el catálogo los compara."""

import logging
import re

from archivo.catalogo.puerta import Item, Parecido, PorGuardar, coincidencias, de_texto_parecido, puede_ver_texto, sin_repetir
from archivo.identidad.puerta import Lector
from archivo.indexacion.esquema import campos_de_consulta
from archivo.indexacion.fallas import anotar_falla
from archivo.indexacion.motor import ambito_de, motor
from search import In, SearchError, SearchRequest, parse

CANDIDATOS = 25
PALABRAS_DEL_TEXTO = 40
registro = logging.getLogger(__name__)


def posibles_duplicados(dato: PorGuardar, lector: Lector) -> tuple[list[Parecido], bool]:
    """Los posibles duplicados de algo por guardar, entre lo que esa persona puede ver; hasta ocho.

    Lo segundo es si también se comparó el texto: sin motor de búsqueda se compara sólo por archivo, dirección, título y fecha.
    """
    seguros, de_texto = coincidencias(dato, lector), _por_texto(dato, lector)
    return sin_repetir([*seguros, *(de_texto or ())]), de_texto is not None


def _por_texto(dato: PorGuardar, lector: Lector) -> list[Parecido] | None:
    palabras = re.findall(r"\w{3,}", f"{dato.titulo} {dato.texto[:4000]}")[:PALABRAS_DEL_TEXTO]
    if not dato.texto.strip() or not palabras:
        return []
    consulta = parse(" ".join(palabras).lower(), campos_de_consulta())
    pedido = SearchRequest(ambito_de(lector), consulta, {"tipo": In(frozenset({dato.tipo}))}, match="some", limit=CANDIDATOS)
    try:
        claves = [h.key for h in motor().search(pedido).hits]
    except SearchError as error:
        anotar_falla(registro, "No se comparan textos al buscar duplicados: el índice no responde", error)
        return None
    hallados = Item.objects.visibles_para(lector).select_related("area", "medio").filter(clave__in=claves)
    legibles = [i for i in hallados if i.pk != dato.propio and puede_ver_texto(lector, i)]
    return de_texto_parecido(dato.texto, legibles)
