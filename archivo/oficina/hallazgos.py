"""Buscar en la lista de la oficina, con el motor de búsqueda y el ámbito de quien pregunta."""

import logging

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Lector
from archivo.indexacion.puerta import ambito_de, leer_consulta, motor
from search import SearchError, SearchRequest

registro = logging.getLogger(__name__)


def de_cualquier_tipo(texto: str, lector: Lector, cuantos: int) -> list[Item]:
    """Los primeros elementos de cualquier tipo que responden al texto y esa persona puede ver, en el orden de la búsqueda."""
    visibles = Item.objects.visibles_para(lector)
    try:
        pedido = SearchRequest(ambito_de(lector), leer_consulta(texto), limit=cuantos)
        claves = [h.key for h in motor().search(pedido).hits]
    except SearchError:
        registro.warning("El selector de elementos busca por título: el índice no responde.", exc_info=True)
        return list(visibles.filter(titulo__istartswith=texto).order_by("-id")[:cuantos])
    hallados = {item.clave: item for item in visibles.filter(clave__in=claves)}
    return [hallados[clave] for clave in claves if clave in hallados]
