"""La bitácora: todo lo que pasó, para quien audita o administra."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from archivo.auditoria.puerta import (
    Filtro,
    Lugar,
    Suceso,
    SucesoNuevo,
    cuantos,
    estado_del_sello,
    recorrer,
    registrar,
    tramo,
)
from archivo.catalogo.puerta import LEEN_LA_BITACORA
from archivo.identidad.puerta import lector_de
from archivo.oficina.bitacora import nombre_de_clase
from archivo.oficina.formularios.bitacora import FiltroForm
from archivo.salidas import renglones_csv

COLUMNAS = ("id", "momento", "clase", "objeto", "actor_id", "actor", "resultado", "motivo", "ip", "sellado", "detalle")
_MIME = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


def puede_leer_la_bitacora(usuario: Any) -> bool:
    """Auditoría la lee entera; administración también, sin el detalle de los documentos. Nadie puede cambiarla."""
    return lector_de(usuario).tiene(*LEEN_LA_BITACORA)


def _lee_detalles(usuario: Any) -> bool:
    """El detalle de un cambio cita lo que decía el documento: sólo lo lee quien puede leer los documentos."""
    return lector_de(usuario).tiene("auditoria")


def _exigir(request: HttpRequest) -> None:
    if not puede_leer_la_bitacora(request.user):
        raise Http404


@require_GET
def bitacora(request: HttpRequest) -> HttpResponse:
    """Los sucesos, lo último primero, con sus filtros; `?sigue=` es el lugar donde continúa (página por llave)."""
    _exigir(request)
    datos = request.GET.copy()
    for campo, valor in datos.items():
        datos[campo] = valor.replace("\0", "")
    form = FiltroForm(datos)
    filtro = form.filtro()
    visto = tramo(filtro, Lugar.leer(datos.get("sigue", "")))
    total, exacto = cuantos(filtro)
    sello = estado_del_sello()
    datos.pop("sigue", None)
    contexto = {
        "form": form,
        "sucesos": [(s, nombre_de_clase(s.clase), s.pk <= sello.hasta) for s in visto.sucesos],
        "siguiente": visto.siguiente,
        "total": total,
        "exacto": exacto,
        "sello": sello,
        "sellado": sello.hasta,
        "filtrado": filtro != Filtro(),
        "parametros": datos.urlencode(),
        "detalles": _lee_detalles(request.user),
    }
    return render(request, "oficina/bitacora.html", contexto)


@require_POST
def exportar(request: Any) -> StreamingHttpResponse:
    """Los sucesos de un filtro, en CSV o JSON Lines. La exportación queda en la bitácora antes de empezar."""
    _exigir(request)
    formato = request.POST.get("formato", "")
    if formato not in _MIME:
        raise Http404
    filtro = FiltroForm(request.POST).filtro()
    registrar(
        SucesoNuevo(
            clase="bitacora.exportada", objeto="bitacora:", actor=request.user, ip=request.META.get("REMOTE_ADDR"),
            detalle={"formato": formato, "filtro": filtro.como_dict()},
        )
    )  # fmt: skip
    renglones = _renglones(filtro, con_detalle=_lee_detalles(request.user))
    cuerpo = _en_csv(renglones) if formato == "csv" else _en_jsonl(renglones)
    nombre = f"bitacora-{timezone.localtime():%Y%m%d-%H%M}.{formato}"
    return StreamingHttpResponse(
        cuerpo, content_type=_MIME[formato], headers={"Content-Disposition": f'attachment; filename="{nombre}"'}
    )


def _renglones(filtro: Filtro, *, con_detalle: bool) -> Iterator[list[Any]]:
    sellado = estado_del_sello().hasta
    for s in recorrer(filtro):
        yield _renglon(s, sellado=s.pk <= sellado, con_detalle=con_detalle)


def _renglon(s: Suceso, *, sellado: bool, con_detalle: bool) -> list[Any]:
    datos = [s.pk, s.momento.isoformat(), s.clase, s.objeto, s.actor_id, s.actor_nombre, s.resultado, s.motivo, s.ip, sellado]
    return [*datos, s.detalle if con_detalle else {}]


def _en_csv(renglones: Iterator[list[Any]]) -> Iterator[str]:
    return renglones_csv(chain([COLUMNAS], renglones))


def _en_jsonl(renglones: Iterator[list[Any]]) -> Iterator[str]:
    for renglon in renglones:
        yield json.dumps(dict(zip(COLUMNAS, renglon, strict=True)), ensure_ascii=False, default=str) + "\n"
