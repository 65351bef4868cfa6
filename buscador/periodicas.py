"""Lo que el buscador hace solo."""

from datetime import timedelta

from archivo.tareas.puerta import periodica
from buscador.avisos import servicios as avisos
from buscador.exportacion import servicios as exportacion
from buscador.models import BusquedaGuardada
from buscador.tasks import alertas


@periodica(cada=timedelta(hours=6))
def exportaciones_vencidas() -> None:
    """Se borran, con sus archivos."""
    exportacion.limpiar()


@periodica(cada=timedelta(hours=1))
def avisos_de_lo_nuevo() -> None:
    """A cada búsqueda guardada le toca una vez al día; lo que nadie confirmó se olvida."""
    avisos.olvidar_sin_confirmar()
    for pk in BusquedaGuardada.objects.por_revisar().values_list("pk", flat=True).iterator():
        alertas.enqueue(pk)
