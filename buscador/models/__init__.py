"""Lo que el buscador guarda: exportaciones en curso, búsquedas con aviso y cuadernos de investigación."""

from buscador.models.busqueda import BusquedaGuardada
from buscador.models.cuaderno import Apunte, Cuaderno
from buscador.models.exportacion import EstadoDeExportacion, Exportacion

__all__ = ["Apunte", "BusquedaGuardada", "Cuaderno", "EstadoDeExportacion", "Exportacion"]
