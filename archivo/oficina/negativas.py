"""Deja constancia de lo que se le negó a quien ya entró: pidió una página y recibió 403 o 404."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from archivo.auditoria.puerta import Resultado, SucesoNuevo, registrar

_NEGADAS = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
_VIGILADAS = re.compile(r"/(?:admin|elemento)/")
_ELEMENTO = re.compile(r"/elemento/([0-9a-z]{12})/")
_DE_PASO = re.compile(r"\.(?:js|css|map|ico|png|svg|woff2?)\Z")


_ENTRADAS = re.compile(r"/admin/(?:login|logout|password_reset)/")


def _estado(request: HttpRequest, respuesta: HttpResponseBase) -> int:
    """El estado de la respuesta; Wagtail cambia el 403 de una página suya por una vuelta al inicio de la oficina."""
    al_inicio = respuesta.status_code == HTTPStatus.FOUND and respuesta.get("Location") == reverse("wagtailadmin_home")
    return HTTPStatus.FORBIDDEN if al_inicio and not _ENTRADAS.match(request.path) else respuesta.status_code


class ConstanciaDeNegativas:
    """Middleware. Anota por igual lo que existe y no se puede ver que lo que no existe: la respuesta es la misma."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """La respuesta de siempre, con su constancia si fue una negativa."""
        respuesta = self.siguiente(request)
        estado = _estado(request, respuesta)
        if estado in _NEGADAS and _VIGILADAS.match(request.path) and not _DE_PASO.search(request.path):
            self._anotar(request, estado)
        return respuesta

    def _anotar(self, request: HttpRequest, estado: int) -> None:
        usuario = getattr(request, "user", None)
        if usuario is None or not usuario.is_authenticated:
            return
        hallado = _ELEMENTO.match(request.path)
        registrar(
            SucesoNuevo(
                clase="acceso.negado", objeto=f"item:{hallado[1]}" if hallado else "", actor=usuario, resultado=Resultado.RECHAZADO,
                ip=request.META.get("REMOTE_ADDR"), detalle={"direccion": request.path[:300], "estado": estado, "metodo": request.method},
            )
        )  # fmt: skip
