"""Las páginas de error, en palabras y con el siguiente paso."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

bitacora = logging.getLogger("archivo.portal")


def no_encontrado(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: lo que no existe y lo que no se puede ver dicen lo mismo, byte por byte."""
    return render(request, "404.html", status=404)


def sin_permiso(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: un formulario vencido o una página de la oficina sin permiso; nunca un elemento del archivo."""
    return render(request, "403.html", status=403)


def formulario_vencido(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 de CSRF: el formulario venció o las cookies están apagadas."""
    return render(request, "403.html", {"por_formulario": True}, status=403)


def solicitud_incorrecta(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: la dirección o el formulario no se entienden."""
    return render(request, "400.html", status=400)


def error_interno(request: HttpRequest) -> HttpResponse:
    """500: el problema es nuestro. Si la base tampoco responde, la página va sin los datos de la institución."""
    try:
        return render(request, "500.html", status=500)
    except DatabaseError:
        bitacora.exception("La página de error no pudo leer la base")
        return HttpResponse(get_template("500.html").render({}), status=500)


def servicio_no_disponible(request: HttpRequest, plantilla: str, contexto: dict | None = None) -> HttpResponse:
    """503: una parte del archivo no responde; la página dice cuál y qué se puede hacer mientras tanto."""
    return _sin_guardar(render(request, plantilla, contexto or {}, status=503))


def sin_servicio_para_programas(motivo: str) -> HttpResponse:
    """503 en texto llano, para quien no lee páginas: un lector de canales conserva lo que tenía y vuelve después."""
    return _sin_guardar(HttpResponse(f"{motivo}\n", content_type="text/plain; charset=utf-8", status=503))


def _sin_guardar(respuesta: HttpResponse) -> HttpResponse:
    respuesta["Retry-After"] = "60"
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta
