"""Lo que lanzan los servicios de una certificación, como mensaje o como falta de un formulario."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from archivo.catalogo.puerta import CambioRechazado
from certificaciones.actos.puerta import ActoRechazado
from certificaciones.reglas.puerta import ReglaRechazada
from certificaciones.solicitudes.puerta import SolicitudRechazada

Hecho = tuple[str, HttpResponse]
"""Lo que un servicio cumplido dice a la persona («» si nada), y adónde va después."""
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


def cumplir(request: HttpRequest, form: forms.BaseForm, servicio: Callable[[dict[str, Any]], Hecho]) -> HttpResponse | None:
    """Si lo escrito está bien, llama al servicio con lo limpio, deja el mensaje de lo hecho y va adonde él diga.

    None si hay que volver a mostrar el formulario: ya lleva sus faltas, o las razones por las que no procedió.
    """
    if not form.is_valid():
        return None
    try:
        dicho, destino = servicio(form.cleaned_data)
    except RECHAZOS as rechazo:
        form.add_error(None, razones_de(rechazo))
        return None
    if dicho:
        messages.success(request, dicho)
    return destino


def en_pdf(contenido: bytes, nombre: str) -> HttpResponse:
    """Un PDF para guardarse con ese nombre."""
    return HttpResponse(
        contenido, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{nombre}"'}
    )
