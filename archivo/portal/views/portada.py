"""Portada, ayuda, accesibilidad y la hoja de identidad."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from archivo.identidad.puerta import ANONIMO
from archivo.identidad.puerta import institucion as la_institucion
from archivo.portal import portada as servicio
from archivo.portal.identidad_grafica import hoja_de_identidad
from archivo.portal.palabras import MESES


@require_safe
def portada(request: HttpRequest) -> HttpResponse:
    """La portada, igual para todas las personas: sólo cuenta lo público."""
    hoy = timezone.localdate()
    recientes = servicio.recientes()
    contexto = {
        "hoy": hoy,
        "mes": MESES[hoy.month - 1],
        "cifras": servicio.cifras(),
        "de_hoy": servicio.tal_dia_como(hoy),
        "recientes": recientes,
        "con_miniatura": servicio.con_miniatura(recientes, ANONIMO),
        "seccion": "portada",
    }
    return render(request, "portal/portada.html", contexto)


@require_safe
def ayuda(request: HttpRequest) -> HttpResponse:
    """Cómo buscar, qué se puede consultar y a quién preguntar."""
    return render(request, "portal/ayuda.html", {"seccion": "ayuda"})


@require_safe
def accesibilidad(request: HttpRequest) -> HttpResponse:
    """Qué cumple este sitio y qué falta."""
    return render(request, "portal/accesibilidad.html")


@require_safe
def identidad(request: HttpRequest) -> HttpResponse:
    """Los colores propios de la institución, como hoja de estilo."""
    respuesta = HttpResponse(hoja_de_identidad(la_institucion().identidad), content_type="text/css; charset=utf-8")
    respuesta["Cache-Control"] = "public, max-age=3600"
    return respuesta
