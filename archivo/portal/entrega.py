"""Entregar bytes: rangos (RFC 9110, 14), nombres (RFC 6266) y condiciones, sin interpretar nunca el contenido."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from archivo.portal.seguridad import ENCERRADA

_RANGO = re.compile(r"bytes=\s*(\d*)\s*-\s*(\d*)\s*", re.ASCII | re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LARGO_DE_NOMBRE = 150
_LARGO_DE_EXTENSION = 10
_CIFRAS = 18


@dataclass(frozen=True)
class Entrega:
    """Qué se entrega: cómo abrirlo, cuánto mide, su ETag y su nombre. Nada se abre hasta que hace falta."""

    abrir: Callable[[], BinaryIO]
    bytes: int
    etag: str
    mime: str
    nombre: str


class RangoInsatisfacible(Exception):
    """Lo pedido queda fuera del archivo: 416."""


class _Tramo:
    """Un trozo de un archivo abierto, con cara de archivo."""

    def __init__(self, archivo: BinaryIO, desde: int, largo: int) -> None:
        self.archivo, self.resta = archivo, largo
        archivo.seek(desde)

    def read(self, cuanto: int = -1) -> bytes:
        """Hasta `cuanto` bytes de los que restan del trozo."""
        pedir = self.resta if cuanto < 0 else min(cuanto, self.resta)
        leido = self.archivo.read(pedir)
        self.resta -= len(leido)
        return leido

    def close(self) -> None:
        """Cierra el archivo."""
        self.archivo.close()


def leer_rango(cabecera: str, medida: int) -> tuple[int, int] | None:
    """Primer y último byte pedidos, ambos incluidos; None si no hay un rango único que atender (se entrega todo).

    Varios rangos o uno mal escrito se ignoran, como permite RFC 9110, 14.2.

    Raises:
        RangoInsatisfacible: el rango está bien escrito y cae fuera del archivo.
    """
    hallado = _RANGO.fullmatch(cabecera.strip())
    if not hallado or hallado[1] == hallado[2] == "" or max(map(len, hallado.groups())) > _CIFRAS:
        return None
    if hallado[1] == "":
        return _ultimos(int(hallado[2]), medida)
    desde = int(hallado[1])
    hasta = int(hallado[2]) if hallado[2] else medida - 1
    if hallado[2] and hasta < desde:
        return None
    if desde >= medida:
        raise RangoInsatisfacible
    return desde, min(hasta, medida - 1)


def _ultimos(cuantos: int, medida: int) -> tuple[int, int]:
    if cuantos == 0 or medida == 0:
        raise RangoInsatisfacible
    return max(0, medida - cuantos), medida - 1


def disposicion(nombre: str) -> str:
    """`Content-Disposition` de descarga: nombre ASCII para quien no entiende más, y el completo en UTF-8."""
    limpio = _CONTROL.sub("", nombre).replace("/", "-").replace("\\", "-").strip(" .") or "archivo"
    base, punto, extension = limpio.rpartition(".")
    cabe = punto and base and len(extension) <= _LARGO_DE_EXTENSION
    corto = f"{base[:_LARGO_DE_NOMBRE]}.{extension}" if cabe else limpio[:_LARGO_DE_NOMBRE]
    llano = unicodedata.normalize("NFKD", corto).encode("ascii", "ignore").decode().replace('"', "'").replace("%", "_")
    llano = f"archivo{llano}" if llano.startswith(".") or not llano else llano
    return f"attachment; filename=\"{llano}\"; filename*=UTF-8''{quote(corto, safe='')}"


def entregar(request: HttpRequest, entrega: Entrega) -> HttpResponseBase:
    """La respuesta: 200, 206, 304 o 416, siempre como descarga encerrada que nadie guarda por su cuenta."""
    etag = f'"{entrega.etag}"'
    if etag in [e.strip().removeprefix("W/") for e in request.headers.get("If-None-Match", "").split(",")]:
        return _con_cabeceras(HttpResponseNotModified(), etag)
    try:
        rango = _rango_pedido(request, etag, entrega.bytes)
    except RangoInsatisfacible:
        return _fuera_de_rango(etag, entrega.bytes)
    desde, hasta = rango or (0, entrega.bytes - 1)
    tramo = _Tramo(entrega.abrir(), desde, hasta - desde + 1)
    respuesta = FileResponse(tramo, status=206 if rango else 200, content_type=_mime_de_entrega(entrega.mime))
    respuesta["Content-Length"] = str(hasta - desde + 1)
    respuesta["Content-Disposition"] = disposicion(entrega.nombre)
    if rango:
        respuesta["Content-Range"] = f"bytes {desde}-{hasta}/{entrega.bytes}"
    return _con_cabeceras(respuesta, etag)


def _rango_pedido(request: HttpRequest, etag: str, medida: int) -> tuple[int, int] | None:
    condicion = request.headers.get("If-Range", etag)
    cabecera = request.headers.get("Range", "")
    return leer_rango(cabecera, medida) if request.method == "GET" and cabecera and condicion == etag else None


def _fuera_de_rango(etag: str, medida: int) -> HttpResponseBase:
    respuesta = HttpResponse(status=416, content_type="text/plain; charset=utf-8")
    respuesta["Content-Range"] = f"bytes */{medida}"
    return _con_cabeceras(respuesta, etag)


def _mime_de_entrega(mime: str) -> str:
    return f"{mime}; charset=utf-8" if mime.startswith("text/") else mime


def _con_cabeceras(respuesta: HttpResponseBase, etag: str) -> HttpResponseBase:
    respuesta["ETag"] = etag
    respuesta["Accept-Ranges"] = "bytes"
    respuesta["Cache-Control"] = "private, no-cache"
    respuesta["X-Content-Type-Options"] = "nosniff"
    respuesta._csp_config = ENCERRADA  # type: ignore[attr-defined]
    return respuesta
