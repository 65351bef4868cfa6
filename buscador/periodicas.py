"""Lo que el buscador hace solo."""

from datetime import timedelta

from archivo.tareas.puerta import periodica
from buscador.exportacion import servicios as exportacion


@periodica(cada=timedelta(hours=6))
def exportaciones_vencidas() -> None:
    """Se borran, con sus archivos."""
    exportacion.limpiar()
