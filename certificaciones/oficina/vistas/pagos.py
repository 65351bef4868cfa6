"""Cobrar, registrar el pago y eximir."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from archivo.objetos.puerta import abrir, guardar
from certificaciones.oficina.formularios.solicitudes import ExencionForm, OrdenForm, PagoForm
from certificaciones.oficina.permisos import ATIENDEN, lector_con, solicitud_para
from certificaciones.oficina.vistas.ficha_de_solicitud import contexto_de
from certificaciones.oficina.vistas.respuestas import cumplir, intentar
from certificaciones.solicitudes.puerta import (
    ReciboNuevo,
    Solicitud,
    SolicitudRechazada,
    emitir_orden,
    eximir,
    orden_vigente,
    registrar_pago,
    volver_a_mandar,
)

FIRMAS = {b"%PDF": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}
TOPE_DE_COMPROBANTE = 10 * 1024 * 1024


def _hacer(
    request: HttpRequest, folio: str, campo: str, form: forms.Form, servicio: Callable[[Solicitud, Any], str]
) -> HttpResponse:
    """Llama al servicio con lo limpio; si no procede, la ficha vuelve con lo escrito y la razón."""
    lector_con(request, *ATIENDEN)
    solicitud = solicitud_para(request, folio)
    hecho = cumplir(request, form, lambda limpio: (servicio(solicitud, limpio), redirect("oficina_solicitud", folio=folio)))
    if hecho is not None:
        return hecho
    solicitud.refresh_from_db()
    return render(request, "oficina_certificaciones/solicitud.html", contexto_de(request, solicitud) | {campo: form}, status=422)


@require_POST
def orden(request: HttpRequest, folio: str) -> HttpResponse:
    """Emite la orden de pago."""

    def emitir(solicitud: Solicitud, limpio: dict[str, Any]) -> str:
        emitida = emitir_orden(solicitud, limpio["paginas"], request.user)
        return f"Orden de pago por ${emitida.total:,.2f}. El precio ya no cambia."

    return _hacer(request, folio, "orden_form", OrdenForm(request.POST), emitir)


@require_POST
def pago(request: HttpRequest, folio: str) -> HttpResponse:
    """Registra el recibo y, si lo hay, su comprobante."""

    def acreditar(solicitud: Solicitud, limpio: dict[str, Any]) -> str:
        hecho = registrar_pago(
            solicitud, ReciboNuevo(limpio["recibo"], limpio["monto"], limpio["fecha"], _comprobante(limpio)), request.user
        )
        return f"Quedó registrado el recibo {hecho.recibo}."

    return _hacer(request, folio, "pago_form", PagoForm(request.POST, request.FILES), acreditar)


def _comprobante(limpio: dict[str, Any]) -> Any:
    archivo = limpio.get("comprobante")
    if not archivo:
        return None
    if archivo.size > TOPE_DE_COMPROBANTE:
        raise SolicitudRechazada("El comprobante pesa más de 10 MB. Súbalo más ligero.")
    primeros = archivo.read(8)
    archivo.seek(0)
    mime = next((m for firma, m in FIRMAS.items() if primeros.startswith(firma)), None)
    if mime is None:
        raise SolicitudRechazada("El comprobante debe ser un PDF o una imagen JPG o PNG.")
    return guardar(archivo, mime=mime)


@require_POST
def exencion(request: HttpRequest, folio: str) -> HttpResponse:
    """Exime del pago, con causa y motivo."""

    def eximida(solicitud: Solicitud, limpio: dict[str, Any]) -> str:
        eximir(solicitud, limpio["causa"], limpio["motivo"], request.user)
        return "La solicitud no paga derechos. Ya puede prepararse la copia."

    return _hacer(request, folio, "exencion_form", ExencionForm(request.POST), eximida)


@require_GET
def comprobante(request: HttpRequest, folio: str) -> HttpResponseBase:
    """El comprobante que se subió; sólo para quien atiende solicitudes."""
    lector_con(request, *ATIENDEN)
    vigente = orden_vigente(solicitud_para(request, folio))
    objeto = getattr(getattr(vigente, "pago", None), "comprobante", None)
    if objeto is None:
        raise Http404
    return FileResponse(abrir(objeto), as_attachment=True, filename=f"comprobante-{folio}", content_type=objeto.mime)


@require_POST
def repetir_aviso(request: HttpRequest, folio: str, pk: str) -> HttpResponse:
    """Vuelve a mandar un correo que no ha salido."""
    lector_con(request, *ATIENDEN)
    aviso = get_object_or_404(solicitud_para(request, folio).avisos, pk=pk)
    intentar(request, lambda: volver_a_mandar(aviso, request.user), "Se mandará otra vez en unos momentos.")
    return redirect("oficina_solicitud", folio=folio)
