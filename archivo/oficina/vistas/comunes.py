"""Lo común a las vistas de un elemento: sólo el propio tipo, sólo lo que se puede ver, y constancia de lo reservado."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from archivo.catalogo.puerta import Item, dejar_constancia_de_lectura
from archivo.oficina.permisos import elemento_para


def no_existe(request: HttpRequest) -> HttpResponse:
    """Lo que Wagtail trae y esta oficina no usa: el mismo 404 para cualquiera."""
    raise Http404


def sin_buscador(request: HttpRequest, que_hacer: str) -> HttpResponse:
    """503: el motor no responde y sin él no se puede; la página dice qué hacer mientras tanto."""
    respuesta = render(request, "oficina/sin_buscador.html", {"que_hacer": que_hacer}, status=503)
    respuesta["Retry-After"] = "60"
    respuesta["Cache-Control"] = "private, no-store"
    return respuesta


class DelTipo:
    """Quien no maneja el tipo recibe el mismo 404 que si no existiera."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Convierte la falta de permiso en un 404."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied as error:
            raise Http404 from error


class DeUnElemento(DelTipo):
    """Vistas de un elemento: lo abre por la regla de acceso y deja constancia si el nivel lo pide."""

    accion = "view"
    superficie = "oficina"

    def get_object(self, queryset: Any = None) -> Item:
        """El elemento, o 404."""
        return elemento_para(self.request, self.model, self.kwargs["pk"], self.accion)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Anota la lectura antes de mostrar; si no se puede anotar, no se muestra."""
        dejar_constancia_de_lectura(self.object, request.user, self.superficie, request.META.get("REMOTE_ADDR"))
        return super().dispatch(request, *args, **kwargs)
