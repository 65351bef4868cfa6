"""Ninguna página espera al motor de búsqueda más de ACERVO_BUSQUEDA_ESPERA_MS, sumadas todas sus preguntas."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from archivo.indexacion.motor import con_plazo


class PlazoDeBusquedaMiddleware:
    """Con el motor lejos, lento o caído, la página sale a tiempo y lo dice; el motor embebido no se entera."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Atiende la petición con el tiempo contado."""
        with con_plazo():
            return self.get_response(request)
