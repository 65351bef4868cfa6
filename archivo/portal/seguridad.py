"""Política de contenido (CSP) y cabeceras de cada respuesta.

Lo público no lleva código en línea: ni guiones, ni estilos, ni peticiones fuera de casa. `/admin/` tiene su propia política
porque Wagtail trae guiones y estilos en línea. Un archivo del acervo se entrega encerrado (`sandbox`).
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.utils.csp import CSP

PUBLICA: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
OFICINA: dict[str, Any] = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
ENCERRADA: dict[str, Any] = {"default-src": [CSP.NONE], "sandbox": True, "frame-ancestors": [CSP.NONE]}
_PERMISOS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class PoliticaDeContenidoMiddleware(ContentSecurityPolicyMiddleware):
    """Pone la CSP que toca por dirección, salvo que la vista haya fijado otra con `csp_override`."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """La política de la oficina bajo `/admin/`; la pública en lo demás.

        Lo que ve quien entró no lo guarda un intermediario; lo que ve cualquiera sólo se repite preguntando antes: un documento que
        se cierra deja de verse en ese momento.
        """
        if not hasattr(response, "_csp_config"):
            politica = OFICINA if request.path.startswith("/admin/") else PUBLICA
            response._csp_config = politica  # type: ignore[attr-defined]
        con_sesion = settings.SESSION_COOKIE_NAME in request.COOKIES
        response.headers.setdefault("Cache-Control", "private, no-cache" if con_sesion else "no-cache")
        response.headers.setdefault("Permissions-Policy", _PERMISOS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return super().process_response(request, response)


def sin_indexar[R: HttpResponseBase](respuesta: R) -> R:
    """Para direcciones que llevan un código: ningún buscador debe guardarlas, ni otro sitio saber de cuál se viene."""
    respuesta["X-Robots-Tag"], respuesta["Referrer-Policy"] = "noindex, nofollow", "same-origin"
    return respuesta
