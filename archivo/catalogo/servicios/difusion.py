"""Llevar un cambio de nombre a la búsqueda: de una vez si son pocos elementos, como trabajo si son miles."""

from archivo.catalogo.models import Autoridad, Tema
from archivo.catalogo.servicios.vocabularios import avisar_de_los_que_usan, los_que_usan
from archivo.catalogo.tasks import avisar_de_un_termino
from archivo.identidad.puerta import Usuario
from archivo.tareas.puerta import Trabajo, encargar

EN_EL_MOMENTO = 5_000


def difundir(termino: Tema | Autoridad, actor: Usuario | None) -> Trabajo | None:
    """Avisa de los elementos que llevan el término. Si pasan de cinco mil, lo encarga y devuelve el trabajo."""
    modelo = "tema" if isinstance(termino, Tema) else "autoridad"
    if len(los_que_usan(termino).values_list("pk")[: EN_EL_MOMENTO + 1]) > EN_EL_MOMENTO:
        descripcion = f"Actualizar la búsqueda de lo que lleva «{termino}»"
        return encargar(avisar_de_un_termino, modelo, termino.pk, descripcion=descripcion, actor=actor)
    avisar_de_los_que_usan(termino)
    return None
