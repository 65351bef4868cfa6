"""Recibir un fondo descrito en otro archivo (AtoM, EAD), y sacar un cuadro o un expediente en esos formatos."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archivo.archivistica.puerta import CuadroClasificacion, Expediente
from archivo.identidad.puerta import lector_de
from archivo.ingesta.puerta import (
    FORMATOS_DE_DESCRIPCION,
    ArchivoInutilizable,
    CargaDeDescripciones,
    NadaQueExportar,
    PedidoDeExportacion,
    PedidoImposible,
    SinFacultad,
    cargas_de,
    exportar_cuadro,
    exportar_expediente,
    pedir_carga,
    puede_importar_descripciones,
    recibir_carga,
    recuperar_carga,
    trabajo_de_carga,
)
from archivo.oficina.formularios.descripciones import DescripcionesForm

POR_PAGINA = 50
SEGUNDOS_ENTRE_RECARGAS = 2
_SE_PIDE = {"ensayar": True, "importar": False}


def _exigir(request: HttpRequest) -> None:
    if not puede_importar_descripciones(request.user):
        raise Http404


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Lo que esa persona ha subido, lo último primero."""
    _exigir(request)
    pagina = Paginator(cargas_de(request.user), POR_PAGINA).get_page(request.GET.get("p"))
    return render(request, "oficina/descripciones/lista.html", {"pagina": pagina})


@require_http_methods(["GET", "POST"])
def nueva(request: Any) -> HttpResponse:
    """Subir el archivo; al recibirlo se ensaya."""
    _exigir(request)
    form = DescripcionesForm(request.POST or None, request.FILES or None, persona=request.user)
    if request.method == "POST" and form.is_valid():
        archivo = form.cleaned_data["archivo"]
        try:
            carga = recibir_carga(archivo, archivo.name, form.opciones())
        except ArchivoInutilizable as razon:
            form.add_error("archivo", str(razon))
        except SinFacultad as razon:
            form.add_error(None, str(razon))
        else:
            pedir_carga(carga, request.user, ensayo=True)
            return redirect(carga)
    return render(request, "oficina/descripciones/nueva.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """Cómo va una carga, qué pasaría o qué pasó con ella."""
    carga = recuperar_carga(_carga(request, pk))
    cifras = carga.recuento or carga.ensayo
    contexto = {
        "carga": carga,
        "cifras": cifras,
        "es_ensayo": not carga.recuento,
        "trabajo": trabajo_de_carga(carga) if carga.en_curso else None,
        "recarga": SEGUNDOS_ENTRE_RECARGAS if carga.en_curso else None,
        "entrarian": 0 if cifras.get("rechazadas") else cifras.get("creadas", 0) + cifras.get("actualizadas", 0),
    }
    return render(request, "oficina/descripciones/ver.html", contexto)


def _carga(request: HttpRequest, pk: int) -> CargaDeDescripciones:
    _exigir(request)
    return get_object_or_404(cargas_de(request.user), pk=pk)


@require_POST
def hacer(request: HttpRequest, pk: int, que: str) -> HttpResponse:
    """Ensayar otra vez o importar lo ensayado."""
    carga = _carga(request, pk)
    try:
        pedir_carga(carga, request.user, ensayo=_SE_PIDE[que])
    except PedidoImposible as razon:
        messages.error(request, str(razon))
    return redirect(carga)


@require_POST
def exportar_un_cuadro(request: HttpRequest, pk: int) -> HttpResponse:
    """El cuadro con lo que esa persona ve de él."""
    if not request.user.has_perm("archivistica.view_cuadroclasificacion"):
        raise Http404
    cuadro = get_object_or_404(CuadroClasificacion, pk=pk)
    return _exportar(request, lambda pedido: exportar_cuadro(cuadro, pedido))


@require_POST
def exportar_un_expediente(request: HttpRequest, clave: str) -> HttpResponse:
    """Un expediente con lo que esa persona ve de él."""
    expediente = get_object_or_404(Expediente.objects.visibles_para(lector_de(request.user)), clave=clave)
    return _exportar(request, lambda pedido: exportar_expediente(expediente, pedido))


def _exportar(request: Any, exportar: Callable[[PedidoDeExportacion], Any]) -> HttpResponse:
    formato = request.POST.get("formato", "")
    if formato not in FORMATOS_DE_DESCRIPCION:
        raise Http404
    pedido = PedidoDeExportacion(formato, lector_de(request.user), request.user, request.META.get("REMOTE_ADDR"))
    try:
        hecha = exportar(pedido)
    except NadaQueExportar as razon:
        raise Http404(str(razon)) from razon
    respuesta = HttpResponse(hecha.contenido, content_type=f"{hecha.mime}; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{hecha.nombre}"'
    respuesta["X-Content-Type-Options"] = "nosniff"
    return respuesta
