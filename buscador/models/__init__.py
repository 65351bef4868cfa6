"""Lo que el buscador guarda: exportaciones en curso, búsquedas con aviso y cuadernos de investigación."""

from buscador.models.exportacion import Exportacion

__all__ = ["Exportacion"]
