"""El enlace de una remisión: qué se entrega y a quién, recibirlo con nombre y cargo, y llevarse paquete y acuse."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from archivo.identidad.puerta import lugar_de
from archivo.objetos.puerta import ObjetoDigital, abrir
from archivo.portal.puerta import sin_indexar
from certificaciones.consulta.frenos import CODIGOS
from certificaciones.consulta.models import Remision
from certificaciones.consulta.paquetes import nombre_de
from certificaciones.consulta.remisiones import RemisionRechazada, recibir, remision_con
from certificaciones.consulta.vistas.verificar import frenada


def _remision(request: HttpRequest, testigo: str) -> Remision | HttpResponse:
    if CODIGOS.puesto(lugar_de(request)):
        return frenada(request)
    hallada = remision_con(testigo)
    if hallada is None:
        CODIGOS.contar(lugar_de(request))
        return sin_indexar(render(request, "certificaciones/consulta/remision_vencida.html", {}, status=404))
    return hallada


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remision(request: HttpRequest, testigo: str) -> HttpResponse:
    """GET dice qué se entrega; POST lo recibe."""
    hallada = _remision(request, testigo)
    if isinstance(hallada, HttpResponse):
        return hallada
    contexto = {"remision": hallada, "testigo": testigo, "acuse": getattr(hallada, "acuse", None)}
    if request.method == "POST":
        datos = {campo: request.POST.get(campo, "")[:200] for campo in ("recibe", "cargo")}
        try:
            recibir(hallada, **datos)
        except RemisionRechazada as error:
            contexto |= datos | {"error": str(error)}
            return sin_indexar(render(request, "certificaciones/consulta/remision.html", contexto, status=422))
        return sin_indexar(redirect("consulta:remision", testigo=testigo))
    return sin_indexar(render(request, "certificaciones/consulta/remision.html", contexto))


def _archivo(objeto: ObjetoDigital, nombre: str) -> HttpResponseBase:
    return sin_indexar(FileResponse(abrir(objeto), as_attachment=True, filename=nombre, content_type=objeto.mime))


@never_cache
@require_safe
def archivo(request: HttpRequest, testigo: str, que: str) -> HttpResponseBase:
    """El paquete o el acuse, después de recibir."""
    hallada = _remision(request, testigo)
    if isinstance(hallada, HttpResponse):
        return hallada
    acuse = getattr(hallada, "acuse", None)
    if acuse is None or que not in ("paquete", "acuse"):
        raise Http404
    nombre = nombre_de(hallada.certificacion)
    if que == "acuse":
        return _archivo(acuse.objeto, f"acuse-{nombre}.pdf")
    return _archivo(hallada.paquete, f"{nombre}.zip")
