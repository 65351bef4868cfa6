"""El registro público: lo que otra institución necesita para guardar un espejo y comprobar que no cambia."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from certificaciones.registro.puerta import (
    ErrorDeRegistro,
    PuntoDeControl,
    Registro,
    asientos_desde,
    cadena_de_sellos,
    hojas_de_tesela,
    llave_publica,
    prueba_de_continuidad,
    punto_de_control,
    tesela,
)
from verificador.empaque import empaquetado, pagina

TRAMO = 1_000
TEXTO = "text/plain; charset=utf-8"
UN_DIA = 86_400
UN_MINUTO = 60
UN_ANIO = 365 * UN_DIA
UNOS_SEGUNDOS = 5
BYTES = "application/octet-stream"


def _registro(nombre: str) -> str:
    if nombre not in Registro.values:
        raise Http404
    return nombre


def _ultimo(registro: str) -> PuntoDeControl:
    punto = punto_de_control(_registro(registro))
    if punto is None:
        raise Http404
    return punto


def _con_etag(request: HttpRequest, respuesta: HttpResponseBase, etag: str, segundos: int) -> HttpResponseBase:
    """La respuesta, o un 304 si quien pregunta ya la tiene."""
    respuesta["ETag"] = f'"{etag}"'
    respuesta["Cache-Control"] = f"public, max-age={segundos}"
    if isinstance(respuesta, HttpResponse):
        return get_conditional_response(request, etag=respuesta["ETag"], response=respuesta) or respuesta
    return get_conditional_response(request, etag=respuesta["ETag"]) or respuesta


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Qué es el registro, hasta dónde llega y cómo comprobarlo."""
    punto = punto_de_control(Registro.EXPEDIDAS)
    contexto: dict[str, Any] = {"punto": punto, "seccion": "verificar"}
    if punto is not None:
        contexto |= {"llave": llave_publica(Registro.EXPEDIDAS), "ultimos": _ultimos(punto.tamano)}
        contexto["sellos"] = cadena_de_sellos(punto)
    return render(request, "certificaciones/consulta/registro.html", contexto)


def _ultimos(tamano: int) -> list[Any]:
    return asientos_desde(Registro.EXPEDIDAS, max(0, tamano - 10), 10)[::-1]


@require_safe
def checkpoint(request: HttpRequest, registro: str = Registro.EXPEDIDAS) -> HttpResponseBase:
    """El último punto de control, firmado: `tlog-checkpoint` de C2SP."""
    punto = _ultimo(registro)
    return _con_etag(request, HttpResponse(punto.nota, content_type=TEXTO), f"{registro}-{punto.tamano}", UNOS_SEGUNDOS)


@require_safe
def llave(request: HttpRequest, registro: str = Registro.EXPEDIDAS) -> HttpResponseBase:
    """La llave pública del registro."""
    _ultimo(registro)
    texto = f"{llave_publica(registro)}\n"
    return _con_etag(request, HttpResponse(texto, content_type=TEXTO), texto.split("+")[1], UN_DIA)


def _lineas(registro: str, desde: int, hasta: int) -> Iterator[str]:
    """Las hojas tal como entraron al árbol, una por renglón, sin cargarlas todas."""
    while desde < hasta:
        tramo = asientos_desde(registro, desde, min(TRAMO, hasta - desde))
        if not tramo:
            return
        yield "".join(f"{asiento.hoja}\n" for asiento in tramo)
        desde += len(tramo)


@require_safe
def hojas(request: HttpRequest, registro: str = Registro.EXPEDIDAS) -> HttpResponseBase:
    """Todas las hojas, en JSON y en orden; `?desde=N` da las que faltan a un espejo."""
    punto = _ultimo(registro)
    escrito = request.GET.get("desde", "0")
    desde = int(escrito) if escrito.isascii() and escrito.isdigit() and len(escrito) < 16 else 0
    respuesta = StreamingHttpResponse(_lineas(registro, desde, punto.tamano), content_type="application/jsonl; charset=utf-8")
    return _con_etag(request, respuesta, f"{registro}-hojas-{desde}-{punto.tamano}", UN_MINUTO)


@require_safe
def consistencia(request: HttpRequest, antes: int, despues: int, registro: str = Registro.EXPEDIDAS) -> HttpResponseBase:
    """La prueba de que el registro de `antes` asientos es el principio del de `despues`."""
    try:
        texto = prueba_de_continuidad(_registro(registro), antes, despues)
    except ErrorDeRegistro as error:
        return HttpResponse(f"{error}\n", content_type=TEXTO, status=404)
    return _con_etag(request, HttpResponse(texto, content_type=TEXTO), f"{registro}-{antes}-{despues}", UN_DIA)


def numero_de_tesela(escrito: str) -> int:
    """El número que escribe `tlog-tiles`: `x001/x234/067` es 1,234,067. Escrito de otro modo es un 404."""
    numero = int(escrito.replace("x", "").replace("/", ""))
    grupos = f"{numero:,}".split(",")
    if "/".join([*(f"x{g:0>3}" for g in grupos[:-1]), f"{grupos[-1]:0>3}"]) != escrito:
        raise Http404
    return numero


def _pieza(request: HttpRequest, contenido: Callable[[], bytes], clave: str) -> HttpResponseBase:
    """Una pieza del árbol: nunca cambia, así que se guarda un año."""
    try:
        respuesta = HttpResponse(contenido(), content_type=BYTES)
    except ErrorDeRegistro as error:
        return HttpResponse(f"{error}\n", content_type=TEXTO, status=404)
    completa = _con_etag(request, respuesta, clave, UN_ANIO)
    completa["Cache-Control"] += ", immutable"
    return completa


@require_safe
def pieza(
    request: HttpRequest, nivel: str, lugar: str, ancho: str = "256", registro: str = Registro.EXPEDIDAS
) -> HttpResponseBase:
    """Una tesela de huellas del árbol (`tlog-tiles` de C2SP)."""
    numero = numero_de_tesela(lugar)
    clave = f"{_registro(registro)}-tile-{nivel}-{numero}-{ancho}"
    return _pieza(request, lambda: tesela(registro, int(nivel), numero, int(ancho)), clave)


@require_safe
def hojas_de_pieza(request: HttpRequest, lugar: str, ancho: str = "256", registro: str = Registro.EXPEDIDAS) -> HttpResponseBase:
    """Las hojas de una tesela de nivel 0 (`tlog-tiles` de C2SP)."""
    numero = numero_de_tesela(lugar)
    clave = f"{_registro(registro)}-entries-{numero}-{ancho}"
    return _pieza(request, lambda: hojas_de_tesela(registro, numero, int(ancho)), clave)


def _programa(contenido: bytes, nombre: str, mime: str) -> HttpResponse:
    respuesta = HttpResponse(contenido, content_type=mime)
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
    return respuesta


@require_safe
def verificador(request: HttpRequest) -> HttpResponse:
    """El verificador sin red, en un archivo de Python."""
    return _programa(empaquetado(), "verificador.pyz", "application/zip")


@require_safe
def verificador_web(request: HttpRequest) -> HttpResponse:
    """El verificador sin red, en una página que se guarda y se abre en cualquier navegador."""
    return _programa(pagina(), "verificador.html", "text/html; charset=utf-8")
