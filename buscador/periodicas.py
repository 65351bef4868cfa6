"""Lo que el buscador hace solo."""

from datetime import timedelta

from archivo.tareas.puerta import periodica
from buscador.avisos import servicios as avisos
from buscador.cuaderno import servicios as cuaderno
from buscador.exportacion import servicios as exportacion
from buscador.models import BusquedaGuardada
from buscador.tasks import alertas


@periodica(cada=timedelta(hours=6))
def lo_que_vencio() -> None:
    """Se borran las exportaciones, con sus archivos, y los cuadernos que nadie usa."""
    exportacion.limpiar()
    cuaderno.olvidar_viejos()


@periodica(cada=timedelta(hours=1))
def avisos_de_lo_nuevo() -> None:
    """A cada búsqueda guardada le toca una vez al día; lo que nadie confirmó se olvida."""
    avisos.olvidar_sin_confirmar()
    for pk in BusquedaGuardada.objects.por_revisar().values_list("pk", flat=True).iterator():
        alertas.enqueue(pk)
