"""Timbres: reciben una llave y llaman al servicio."""

from django.tasks import task

from archivo.catalogo.models import Autoridad, Tema
from archivo.catalogo.servicios.vocabularios import avisar_de_los_que_usan, los_que_usan
from archivo.tareas.puerta import avanzar


@task(queue_name="pesada")
def avisar_de_un_termino(modelo: str, pk: int) -> int:
    """Avisa de los elementos de un tema o una autoridad muy usados. Puede correr dos veces: avisar de nuevo no hace daño."""
    termino = {"tema": Tema, "autoridad": Autoridad}[modelo].objects.get(pk=pk)
    total = los_que_usan(termino).count()
    avanzar(0, total, "Actualizando la búsqueda…")
    return avisar_de_los_que_usan(termino, lambda hechos: avanzar(hechos, total))
