"""De lo que una persona escribe a lo que se le pregunta al motor: la misma lectura en la búsqueda pública y en las listas.

Los sinónimos se aplican al preguntar: cambiar la tabla no pide rehacer el índice.
"""

from archivo.indexacion.esquema import campos_de_consulta
from archivo.indexacion.models import GrupoDeSinonimos
from search import Node, Thesaurus, parse

LARGO_DE_CONSULTA = 1000


def leer_consulta(texto: str) -> Node | None:
    """Lo que se busca, entendido y con los sinónimos de la casa; None si no hay nada que buscar. Nunca falla.

    Cada expresión de un grupo de sinónimos vale también por las demás del grupo. Una consulta SQL.
    """
    limpio = texto.replace("\0", " ").strip()[:LARGO_DE_CONSULTA]
    leida = parse(limpio, campos_de_consulta()) if limpio else None
    return con_sinonimos(leida) if leida else None


def con_sinonimos(consulta: Node) -> Node:
    """La misma consulta con las otras maneras de decir lo mismo."""
    return Thesaurus(grupo.lista() for grupo in GrupoDeSinonimos.objects.all()).expand(consulta) or consulta
