"""Lo que el catálogo hace solo, con el reloj."""

from datetime import timedelta

from archivo.catalogo.servicios.ciclo import publicar_programados
from archivo.tareas.puerta import periodica


@periodica(cada=timedelta(seconds=15))
def abrir_embargos() -> None:
    """Publica lo programado cuya hora llegó."""
    publicar_programados()
