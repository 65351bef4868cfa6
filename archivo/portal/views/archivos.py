"""Bytes: archivos, imágenes de página, miniaturas y el documento impreso. Todo pasa por la misma regla de acceso."""

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from archivo.catalogo.puerta import Adjunto
from archivo.objetos.puerta import DerivadoImposible, ObjetoAusente, copia_de_difusion, imagen_de_pagina, ruta_local
from archivo.objetos.puerta import abrir as abrir_objeto
from archivo.portal.entrega import Entrega, disposicion, entregar
from archivo.portal.lectura import Elemento, anotar_descarga, anotar_lectura
from archivo.portal.portada import tiene_imagen
from archivo.portal.presentacion import puede_llevar_posicion
from archivo.portal.seguridad import ENCERRADA
from archivo.portal.views.peticion import abrir_o_404, con_constancia, entero

ANCHO_DE_MINIATURA = 320
_SIN_IMAGEN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 104" width="320" height="416"><path fill="#f5e8c8" stroke="#cbaa64" '
    'd="M.5.5h79v103H.5z"/><path stroke="#cbaa64" stroke-width="3" d="M14 24h52M14 36h52M14 48h34"/></svg>'
)


def _adjunto_o_404(elemento: Elemento, sha256: str) -> Adjunto:
    hallado = next((a for a in elemento.adjuntos if a.objeto.sha256 == sha256), None)
    if hallado is None:
        raise Http404
    return hallado


@require_safe
@con_constancia
def archivo(request: HttpRequest, clave: str, sha256: str) -> HttpResponseBase:
    """Un archivo del elemento, tal como se recibió; a quien no es de la oficina, una foto sin la posición de la toma."""
    elemento = abrir_o_404(request, clave)
    adjunto = _adjunto_o_404(elemento, sha256)
    objeto = adjunto.objeto
    try:
        ruta_local(objeto)
    except ObjetoAusente as error:
        raise Http404 from error
    anotar_descarga(elemento, adjunto)
    if puede_llevar_posicion(adjunto) and not elemento.visita.lector.es_de_oficina:
        return _sin_posicion(request, adjunto)
    return entregar(request, Entrega(lambda: abrir_objeto(objeto), objeto.bytes, objeto.sha256, objeto.mime, adjunto.nombre))


def _sin_posicion(request: HttpRequest, adjunto: Adjunto) -> HttpResponseBase:
    """La copia de difusión: del mismo tamaño, sin los metadatos de la cámara. Si no se puede hacer, no se entrega nada."""
    try:
        copia = copia_de_difusion(adjunto.objeto)
    except DerivadoImposible as error:
        raise Http404 from error
    nombre = f"{Path(adjunto.nombre).stem}.jpg"
    etag = f"{adjunto.objeto.sha256[:32]}-difusion"
    return entregar(request, Entrega(lambda: copia.open("rb"), copia.stat().st_size, etag, "image/jpeg", nombre))


@require_safe
@con_constancia
def imagen(request: HttpRequest, clave: str, sha256: str, n: int) -> HttpResponseBase:
    """La imagen de una página de un archivo, al ancho pedido."""
    elemento = abrir_o_404(request, clave)
    adjunto = _adjunto_o_404(elemento, sha256)
    anotar_lectura(elemento, "imagen", [adjunto])
    return _dibujo(request, adjunto, n, entero(request.GET.get("ancho"), 800))


@require_safe
@con_constancia
def miniatura(request: HttpRequest, clave: str) -> HttpResponseBase:
    """La primera imagen que esa persona puede ver del elemento."""
    elemento = abrir_o_404(request, clave)
    adjunto = next((a for a in elemento.adjuntos if tiene_imagen(a)), None)
    if adjunto is None:
        raise Http404
    anotar_lectura(elemento, "miniatura", [adjunto])
    return _dibujo(request, adjunto, 1, entero(request.GET.get("ancho"), ANCHO_DE_MINIATURA))


def _dibujo(request: HttpRequest, adjunto: Adjunto, n: int, ancho: int) -> HttpResponseBase:
    try:
        ruta = imagen_de_pagina(adjunto.objeto, n, ancho)
    except (DerivadoImposible, ObjetoAusente):
        return HttpResponse(_SIN_IMAGEN, content_type="image/svg+xml", headers={"Cache-Control": "private, no-store"})
    return _con_etag(request, ruta, f'"{adjunto.objeto.sha256[:32]}-{ruta.stem}"', "image/webp")


def _con_etag(request: HttpRequest, ruta: Path, etag: str, mime: str) -> HttpResponseBase:
    if request.headers.get("If-None-Match") == etag:
        respuesta: HttpResponseBase = HttpResponseNotModified()
    else:
        respuesta = FileResponse(ruta.open("rb"), content_type=mime)
        del respuesta["Content-Disposition"]
    respuesta["ETag"] = etag
    respuesta["Cache-Control"] = "private, no-cache"
    return respuesta


@require_safe
@con_constancia
def documento(request: HttpRequest, clave: str) -> HttpResponseBase:
    """El PDF propio del tipo (el boletín impreso), si lo tiene y esa persona puede leer el texto."""
    elemento = abrir_o_404(request, clave)
    componer = elemento.tipo.documento
    if componer is None or not elemento.puede_texto:
        raise Http404
    anotar_lectura(elemento, "documento")
    item = elemento.item
    pdf = componer(item, request.build_absolute_uri(item.get_absolute_url()))
    nombre = f"{elemento.tipo.nombre} {item.folio or item.clave}.pdf"
    return _pdf(pdf, nombre)


def _pdf(contenido: bytes, nombre: str) -> HttpResponseBase:
    respuesta = HttpResponse(contenido, content_type="application/pdf")
    respuesta["Content-Disposition"] = disposicion(nombre)
    respuesta["Cache-Control"] = "private, no-cache"
    respuesta._csp_config = ENCERRADA  # type: ignore[attr-defined]
    return respuesta
