"""Un PDF que no se pudo componer no es una página rota: se dice qué pasó, queda anotado y no se entrega nada a medias."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from archivo.identidad.puerta import lector_de
from archivo.portal.errores import servicio_no_disponible
from archivo.salidas import ErrorDeImpreso

bitacora = logging.getLogger("archivo.portal")


class ImpresoImposibleMiddleware:
    """Cualquier vista que compone un impreso: acuses, carátulas, libros, boletines."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """La respuesta."""
        return self.siguiente(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 si lo que falló es un impreso. A la oficina se le dice además por qué: puede que esté en sus manos."""
        if not isinstance(exception, ErrorDeImpreso):
            return None
        vista = request.resolver_match.view_name if request.resolver_match else ""  # la dirección puede llevar un código
        bitacora.error("No se pudo componer un impreso en «%s»", vista, exc_info=exception)
        motivo = str(exception) if lector_de(request.user).es_de_oficina else ""
        return servicio_no_disponible(request, "portal/sin_impreso.html", {"motivo": motivo})
