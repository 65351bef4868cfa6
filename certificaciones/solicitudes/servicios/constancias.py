"""Lo que de una solicitud queda en la bitácora: su folio y lo hecho; nunca quién pide."""

from typing import Any

from archivo.auditoria.puerta import SucesoNuevo, registrar
from certificaciones.solicitudes.models import Solicitud


def objeto_de(solicitud: Solicitud) -> str:
    """Cómo la nombran los sucesos."""
    return f"solicitud:{solicitud.folio}"


def anotar(solicitud: Solicitud, clase: str, actor: Any, **mas: Any) -> None:
    """Deja un suceso. `mas`: motivo, detalle, resultado."""
    registrar(SucesoNuevo(clase=f"solicitud.{clase}", objeto=objeto_de(solicitud), actor=actor, **mas))
