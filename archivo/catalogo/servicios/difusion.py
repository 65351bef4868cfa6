"""Llevar un cambio de nombre a la búsqueda: de una vez si son pocos elementos, como trabajo si son miles."""

from django.tasks import task

from archivo.catalogo.models import Autoridad, Tema
from archivo.catalogo.servicios.vocabularios import avisar_de_los_que_usan, los_que_usan
from archivo.identidad.puerta import Usuario
from archivo.tareas.puerta import Trabajo, avanzar, encargar

EN_EL_MOMENTO = 5_000
_MODELOS: dict[str, type[Tema | Autoridad]] = {"tema": Tema, "autoridad": Autoridad}


def difundir(termino: Tema | Autoridad, actor: Usuario | None) -> Trabajo | None:
    """Avisa de los elementos que llevan el término. Si pasan de cinco mil, lo encarga y devuelve el trabajo."""
    modelo = "tema" if isinstance(termino, Tema) else "autoridad"
    if len(los_que_usan(termino).values_list("pk")[: EN_EL_MOMENTO + 1]) > EN_EL_MOMENTO:
        descripcion = f"Actualizar la búsqueda de lo que lleva «{termino}»"
        return encargar(avisar_de_un_termino, modelo, termino.pk, descripcion=descripcion, actor=actor)
    avisar_de_los_que_usan(termino)
    return None


@task(queue_name="pesada")
def avisar_de_un_termino(modelo: str, pk: int) -> int:
    """Avisa de los elementos de un tema o una autoridad muy usados. Puede correr dos veces: avisar de nuevo no hace daño."""
    termino = _MODELOS[modelo].objects.get(pk=pk)
    total = los_que_usan(termino).count()
    avanzar(0, total, "Actualizando la búsqueda…")
    return avisar_de_los_que_usan(termino, lambda hechos: avanzar(hechos, total))
