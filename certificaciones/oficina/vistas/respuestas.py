"""Lo que lanzan los servicios de una certificación, como mensaje o como falta de un formulario."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from archivo.catalogo.puerta import CambioRechazado
from certificaciones.actos.puerta import ActoRechazado
from certificaciones.reglas.puerta import ReglaRechazada
from certificaciones.solicitudes.puerta import SolicitudRechazada

RECHAZOS = (ActoRechazado, ReglaRechazada, SolicitudRechazada, CambioRechazado)


def razones_de(rechazo: Exception) -> list[str]:
    """Cada razón por separado."""
    return getattr(rechazo, "faltas", None) or [str(rechazo)]


def intentar(request: HttpRequest, servicio: Callable[[], Any], hecho: str) -> Any:
    """Llama al servicio y deja el mensaje: lo hecho, o por qué no. Devuelve lo que dio, o None si no procedió."""
    try:
        dado = servicio()
    except RECHAZOS as rechazo:
        for razon in razones_de(rechazo):
            messages.error(request, razon)
        return None
    messages.success(request, hecho)
    return dado if dado is not None else True


def en_pdf(contenido: bytes, nombre: str) -> HttpResponse:
    """Un PDF para guardarse con ese nombre."""
    return HttpResponse(
        contenido, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{nombre}"'}
    )
