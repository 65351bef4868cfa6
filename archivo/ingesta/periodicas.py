"""Lo que la ingesta hace sola."""

from datetime import timedelta

from archivo.ingesta.servicios import reanudar
from archivo.tareas.puerta import periodica


@periodica(cada=timedelta(minutes=5))
def reanudar_ingresos() -> None:
    """Termina los ingresos que un proceso muerto dejó a medias y barre sus restos."""
    reanudar()
