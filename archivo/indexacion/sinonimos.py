"""La consulta con las otras maneras de decir lo mismo. Se aplican al preguntar: cambiar la tabla no pide rehacer el índice."""

from archivo.indexacion.models import GrupoDeSinonimos
from search import Node, Thesaurus


def con_sinonimos(consulta: Node | None) -> Node | None:
    """La misma consulta; cada expresión de un grupo vale también por las demás del grupo. Una consulta SQL."""
    if consulta is None:
        return None
    return Thesaurus(grupo.lista() for grupo in GrupoDeSinonimos.objects.all()).expand(consulta)
