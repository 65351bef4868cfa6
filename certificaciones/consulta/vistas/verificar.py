"""Verificar una copia: por su código, por su huella, y la prueba que se lleva quien la verifica."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archivo.identidad.puerta import lugar_de
from archivo.portal.puerta import sin_indexar
from certificaciones.consulta.frenos import CODIGOS
from certificaciones.consulta.lectura import CopiaConsultada, asiento_con_huella, copia_con
from certificaciones.registro.puerta import Asiento, llave_publica, prueba_de

LARGO = 200
"""Lo más que se lee de un código o de una huella escritos."""


def _pagina(request: HttpRequest, plantilla: str, contexto: dict[str, Any], status: int = 200) -> HttpResponse:
    seccion = {"seccion": "verificar"}
    return sin_indexar(render(request, f"certificaciones/consulta/{plantilla}.html", contexto | seccion, status=status))


def frenada(request: HttpRequest) -> HttpResponse:
    """429: demasiados intentos fallidos."""
    respuesta = _pagina(request, "frenada", {}, status=429)
    respuesta["Retry-After"] = "900"
    return respuesta


def desconocida(request: HttpRequest) -> HttpResponse:
    """404 de un código que no existe o no lo parece: la misma página, y cuenta como intento."""
    CODIGOS.contar(lugar_de(request))
    return _pagina(request, "desconocida", {}, status=404)


def abrir(request: HttpRequest, codigo: str) -> CopiaConsultada | HttpResponse:
    """La copia de ese código, o la respuesta que toca si no existe o hubo demasiados intentos."""
    if CODIGOS.puesto(lugar_de(request)):
        return frenada(request)
    return copia_con(codigo[:LARGO]) or desconocida(request)


@require_safe
@never_cache
def inicio(request: HttpRequest) -> HttpResponse:
    """El formulario: un código lleva a su página; una huella dice si está en el registro."""
    codigo, huella = request.GET.get("codigo", "").strip()[:LARGO], request.GET.get("huella", "").strip()[:LARGO]
    if codigo:
        return redirect("consulta:copia", codigo=codigo.replace("/", "-"))
    if not huella:
        return _pagina(request, "inicio", {})
    if CODIGOS.puesto(lugar_de(request)):
        return frenada(request)
    asiento = asiento_con_huella(huella)
    if asiento is None:
        CODIGOS.contar(lugar_de(request))
    return _pagina(request, "inicio", {"huella": huella, "asiento": asiento}, status=200 if asiento else 404)


def de_una_copia(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Una página de sólo lectura de la copia del código de su dirección; si no la hay, la respuesta que toca."""

    @require_safe
    @never_cache
    @wraps(vista)
    def abierta(request: HttpRequest, codigo: str, **mas: Any) -> HttpResponse:
        hallada = abrir(request, codigo)
        return hallada if isinstance(hallada, HttpResponse) else vista(request, hallada, **mas)

    return abierta


@de_una_copia
def copia(request: HttpRequest, hallada: CopiaConsultada) -> HttpResponse:
    """La página de una copia: su estado y los demás elementos de la consulta."""
    return _pagina(request, "copia", {"copia": hallada})


def nombre_de_archivo(folio: str | None) -> str:
    """El folio, como nombre de archivo."""
    return (folio or "copia").replace("/", "-")


def _descarga(contenido: str, nombre: str) -> HttpResponse:
    respuesta = HttpResponse(contenido, content_type="text/plain; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
    return sin_indexar(respuesta)


def _asiento_de(hallada: CopiaConsultada) -> Asiento:
    """El suyo en el registro; 404 si no lo hay."""
    if hallada.asiento is None:
        raise Http404
    return hallada.asiento


@de_una_copia
def prueba(request: HttpRequest, hallada: CopiaConsultada) -> HttpResponse:
    """La prueba del asiento, con la que el verificador comprueba la copia sin red."""
    return _descarga(prueba_de(_asiento_de(hallada)), f"{nombre_de_archivo(hallada.acto.folio)}.prueba")


@de_una_copia
def llave(request: HttpRequest, hallada: CopiaConsultada) -> HttpResponse:
    """La llave pública del registro en que está la copia."""
    return _descarga(f"{llave_publica(_asiento_de(hallada).registro)}\n", "registro.llave")
