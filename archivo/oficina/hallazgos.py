"""Buscar en la lista de la oficina, con el motor de búsqueda y el ámbito de quien pregunta."""

import logging

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Lector
from archivo.indexacion.puerta import ambito_de, anotar_falla, leer_consulta, motor, por_titulo
from search import SearchError, SearchRequest

registro = logging.getLogger(__name__)
SOLO_TITULOS = "El buscador no responde: sólo se buscó en los títulos más recientes. Puede haber más."


def de_cualquier_tipo(texto: str, lector: Lector, cuantos: int) -> tuple[list[Item], str]:
    """Los primeros elementos de cualquier tipo que responden al texto y esa persona puede ver, en el orden de la búsqueda.

    Con ellos, lo que hay que decirle si el motor no contestó y se buscó en la base; vacío si contestó.
    """
    aviso, visibles = "", Item.objects.visibles_para(lector)
    try:
        pedido = SearchRequest(ambito_de(lector), leer_consulta(texto), limit=cuantos)
        claves = [h.key for h in motor().search(pedido).hits]
    except SearchError as error:
        anotar_falla(registro, "El selector de elementos busca por título: el índice no responde", error)
        claves, aviso = por_titulo(visibles, texto, cuantos), SOLO_TITULOS
    hallados = {item.clave: item for item in visibles.filter(clave__in=claves)}
    return [hallados[clave] for clave in claves if clave in hallados], aviso
