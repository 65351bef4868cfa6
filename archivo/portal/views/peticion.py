"""De la petición a lo que los servicios esperan, y de sus negativas a la respuesta que toca."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from archivo.portal.errores import servicio_no_disponible
from archivo.portal.lectura import Elemento, LecturaSinConstancia, Visita, leer

type Vista = Callable[..., HttpResponseBase]


def visita_de(request: HttpRequest) -> Visita:
    """Quién lee y desde dónde."""
    usuario = request.user if request.user.is_authenticated else None
    return Visita(usuario, request.META.get("REMOTE_ADDR"))


def abrir_o_404(request: HttpRequest, clave: str) -> Elemento:
    """El elemento para quien pregunta; si no existe o no puede verlo, el mismo 404."""
    elemento = leer(clave, visita_de(request))
    if elemento is None:
        raise Http404
    return elemento


def entero(texto: str | None, predeterminado: int) -> int:
    """Un número de la dirección; lo que no lo sea vale el predeterminado."""
    return int(texto) if texto and texto.isascii() and texto.isdigit() and len(texto) < 10 else predeterminado


def con_constancia(vista: Vista) -> Vista:
    """Si la lectura no se pudo anotar, la vista responde 503 y no muestra nada."""

    @wraps(vista)
    def protegida(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return vista(request, *args, **kwargs)
        except LecturaSinConstancia:
            return servicio_no_disponible(request, "portal/sin_constancia.html")

    return protegida
