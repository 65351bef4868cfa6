"""La página de búsqueda, sus sugerencias y su canal."""

import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from archivo.identidad.puerta import lector_de
from archivo.indexacion.puerta import anotar_falla
from archivo.portal.puerta import con_constancia, servicio_no_disponible, sin_servicio_para_programas
from buscador import direcciones, servicios
from buscador.canal import CANALES, canal_de
from buscador.direcciones import Lectura
from buscador.pantalla import Pantalla
from buscador.peticion import Peticion
from buscador.respaldo import por_folio_y_titulo
from buscador.valores import leer_pedido, lista_de_valores
from search import SearchError

bitacora = logging.getLogger("archivo.busqueda")
NO_RESPONDE = "La búsqueda no responde"
SIN_CANAL = (
    "El buscador no responde en este momento: este canal no tiene menos documentos que antes. Vuelva a pedirlo en un minuto."
)


@require_safe
@con_constancia
def buscar(request: HttpRequest) -> HttpResponse:
    """Resultados, o el canal con `formato=rss` o `atom`. Si el motor no responde, una página que lo dice."""
    lectura = direcciones.leer(request.GET)
    es_canal = request.GET.get("formato") in CANALES
    try:
        if es_canal:
            return _canal(request, lectura, request.GET["formato"])
        return render(request, "buscador/resultados.html", _contexto(request, lectura))
    except SearchError as error:
        anotar_falla(bitacora, NO_RESPONDE, error)
        return sin_servicio_para_programas(SIN_CANAL) if es_canal else _de_respaldo(request, lectura.peticion)


def _de_respaldo(request: HttpRequest, peticion: Peticion) -> HttpResponse:
    """Sin motor: se dice, y se ofrece lo que la base sabe por folio y título."""
    texto = peticion.texto
    contexto = {
        "q": texto,
        "otra_vez": direcciones.direccion(peticion),
        "cola": direcciones.cola(Peticion(texto)),
        "seccion": "buscar",
        "hallados": por_folio_y_titulo(texto, lector_de(request.user)) if texto else [],
    }
    return servicio_no_disponible(request, "buscador/no_disponible.html", contexto)


def _contexto(request: HttpRequest, lectura: Lectura) -> dict[str, Any]:
    lector = lector_de(request.user)
    respuesta = servicios.buscar(lectura.peticion, lector)
    universo = servicios.total_publico(lector)
    return {"p": Pantalla(lectura, respuesta, universo), "q": lectura.peticion.texto, "seccion": "buscar"}


@conditional_page
def _canal(request: HttpRequest, lectura: Lectura, formato: str) -> HttpResponse:
    base = request.build_absolute_uri("/").rstrip("/")
    contenido = canal_de(lectura.peticion, base, direcciones.direccion(lectura.peticion), formato)
    return HttpResponse(contenido, content_type=f"application/{formato}+xml; charset=utf-8")


@require_safe
def valores(request: HttpRequest, campo: str) -> HttpResponse:
    """Todos los valores de un filtro en los resultados de una búsqueda, para buscarlos por su nombre y marcar varios."""
    try:
        lista = lista_de_valores(campo, request.GET, lector_de(request.user))
    except SearchError as error:
        anotar_falla(bitacora, NO_RESPONDE, error)
        return _de_respaldo(request, leer_pedido(request.GET)[0].peticion)
    if lista is None:
        raise Http404
    return render(request, "buscador/valores.html", {"v": lista, "q": lista.peticion.texto, "seccion": "buscar"})


@require_safe
def sugerencias(request: HttpRequest) -> JsonResponse:
    """Cómo completar lo escrito; una lista vacía si el motor no responde (la caja sigue sirviendo)."""
    try:
        halladas = servicios.sugerencias(request.GET.get("q", ""), lector_de(request.user))
    except SearchError as error:
        anotar_falla(bitacora, "Las sugerencias no responden", error)
        return JsonResponse({"sugerencias": []}, status=503, headers={"Retry-After": "60", "Cache-Control": "private, no-store"})
    return JsonResponse({"sugerencias": halladas}, headers={"Cache-Control": "private, no-cache"})
