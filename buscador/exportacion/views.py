"""Descargar una búsqueda: al momento si es corta; si no, se encarga y se da un enlace."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archivo.identidad.puerta import lugar_de
from archivo.indexacion.puerta import anotar_falla
from archivo.portal.puerta import con_constancia, servicio_no_disponible, visita_de
from archivo.tareas.puerta import encargar
from buscador import direcciones
from buscador.exportacion import servicios
from buscador.exportacion.formatos import FORMATOS
from buscador.frenos import AL_BAJAR, AL_EXPORTAR
from buscador.models import EstadoDeExportacion, Exportacion
from buscador.peticion import Peticion
from buscador.tasks import juntar_exportacion
from search import SearchError

bitacora = logging.getLogger("archivo.busqueda")

NOMBRE = "acervo-resultados"


@require_http_methods(["GET", "HEAD", "POST"])
@con_constancia
def exportar(request: HttpRequest) -> HttpResponseBase:
    """`?en=csv` con los parámetros de una búsqueda. Con GET, el archivo o la propuesta de encargarlo; con POST se encarga."""
    datos = request.GET.copy()
    formato = (datos.pop("en", [""]) or [""])[-1]
    if formato not in FORMATOS:
        raise Http404
    peticion = direcciones.leer(datos).peticion
    if AL_EXPORTAR.rebasado(lugar_de(request)):
        return demasiadas(request)
    try:
        return _encargada(request, peticion, formato) if request.method == "POST" else _atendida(request, peticion, formato)
    except SearchError as error:
        anotar_falla(bitacora, "Una exportación no empieza: la búsqueda no responde", error)
        return servicio_no_disponible(request, "buscador/no_disponible.html", {"otra_vez": direcciones.direccion(peticion)})


def _atendida(request: HttpRequest, peticion: Peticion, formato: str) -> HttpResponseBase:
    visita = visita_de(request)
    total = servicios.es_grande(peticion, visita)
    if total:
        contexto = {"total": total, "formato": FORMATOS[formato].nombre, "volver": direcciones.direccion(peticion)}
        return render(request, "buscador/exportar.html", contexto)
    return archivo_de(servicios.ahora_mismo(peticion, formato, visita, base_de(request)), formato)


def _encargada(request: HttpRequest, peticion: Peticion, formato: str) -> HttpResponse:
    visita = visita_de(request)
    exportacion = servicios.nueva(peticion, formato, visita.usuario)
    descripcion = f"Exportar una búsqueda en {FORMATOS[formato].nombre}"
    exportacion.trabajo = encargar(juntar_exportacion, exportacion.pk, descripcion=descripcion, actor=visita.usuario)
    exportacion.save(update_fields=["trabajo"])
    return HttpResponseRedirect(exportacion.get_absolute_url())


def archivo_de(trozos: Any, formato: str, nombre: str = NOMBRE) -> StreamingHttpResponse:
    """La respuesta que se descarga conforme se escribe."""
    dado = FORMATOS[formato]
    cabeceras = {
        "Content-Disposition": f'attachment; filename="{nombre}.{dado.extension}"',
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
    }
    return StreamingHttpResponse(trozos, content_type=dado.mime, headers=cabeceras)


def base_de(request: HttpRequest) -> str:
    """El origen del sitio, sin diagonal final."""
    return request.build_absolute_uri("/").rstrip("/")


def demasiadas(request: HttpRequest) -> HttpResponse:
    """Se pidió demasiado seguido."""
    respuesta = render(request, "buscador/demasiadas.html", status=429)
    respuesta["Retry-After"] = "3600"
    return respuesta


def _suya(request: HttpRequest, testigo: str) -> Exportacion | None:
    """La exportación de ese enlace. La que encargó alguien de la oficina sólo existe para esa persona."""
    hallada = Exportacion.objects.select_related("trabajo__encargo").filter(testigo=testigo).first()
    if hallada is None or hallada.usuario_id not in {None, request.user.pk}:
        return None
    return hallada


def _con_la_suya(vista: Callable[[HttpRequest, Exportacion], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Llama a la vista con la exportación del enlace; se dice lo mismo si venció, si nunca existió o si es de otra persona."""

    @wraps(vista)
    def de_su_enlace(request: HttpRequest, testigo: str) -> HttpResponseBase:
        suya = _suya(request, testigo)
        if suya is None or suya.estado == EstadoDeExportacion.VENCIDA:
            dias = settings.ACERVO_EXPORTACION_DIAS
            return render(request, "buscador/exportacion_vencida.html", {"dias": dias}, status=404)
        return vista(request, suya)

    return de_su_enlace


@require_safe
@never_cache
@_con_la_suya
def exportacion(request: HttpRequest, suya: Exportacion) -> HttpResponse:
    """Cómo va, y el enlace cuando está lista."""
    otra_vez = f"{reverse('buscador:exportar')}?{suya.consulta}&en={suya.formato}"
    contexto = {"exportacion": suya, "estado": suya.estado.value, "formato": FORMATOS[suya.formato].nombre, "otra_vez": otra_vez}
    return render(request, "buscador/exportacion.html", contexto)


@require_POST
@_con_la_suya
def cancelar(request: HttpRequest, suya: Exportacion) -> HttpResponse:
    """Deja de prepararla."""
    servicios.desistir(suya, visita_de(request).usuario)
    return HttpResponseRedirect(suya.get_absolute_url())


@require_safe
@con_constancia
@_con_la_suya
def descargar(request: HttpRequest, suya: Exportacion) -> HttpResponseBase:
    """El archivo: lo que quien descarga puede ver en este momento, aunque se haya juntado antes."""
    if suya.estado != EstadoDeExportacion.LISTA:
        return HttpResponseRedirect(suya.get_absolute_url())
    if AL_BAJAR.rebasado(lugar_de(request)):
        return demasiadas(request)
    visita = visita_de(request)
    if suya.usuario_id is None:
        visita = type(visita)(None, visita.ip)
    return archivo_de(servicios.escribir(servicios.claves_de(suya), suya.formato, visita, base_de(request)), suya.formato)
