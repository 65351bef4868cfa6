"""Lo que se pide a las dependencias, y lo que ellas entregan."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from archivo.catalogo.puerta import Item, dejar_constancia_de_lista
from archivo.identidad.puerta import lector_de
from memoria_anual.edicion.puerta import (
    AportacionDeArea,
    CambioDeMemoriaRechazado,
    capturar_aportacion,
    enviar_recordatorios,
    mover_aportacion,
    pedir_aportaciones,
    puede_aportar,
    puede_editar,
    puede_leer,
    recordar_hoy,
)
from memoria_anual.oficina.formularios_de_edicion import AportarForm, PedirForm, lo_que_falta
from memoria_anual.oficina.vistas.memorias import intentar, memoria_para


@require_POST
def pedir(request: Any, pk: int) -> HttpResponse:
    """Pide lo suyo a las áreas marcadas."""
    memoria = memoria_para(request, pk, edita=True)
    form = PedirForm(request.POST)
    if not form.is_valid():
        messages.error(request, lo_que_falta(form))
        return redirect("memoria_ver", pk=pk)
    try:
        pedidas = pedir_aportaciones(memoria, request.user, form.cleaned_data["areas"], form.cleaned_data["vence"])
    except CambioDeMemoriaRechazado as razon:
        messages.error(request, str(razon))
    else:
        messages.success(request, f"Se pidió a {len(pedidas)} dependencias. Les aparece en su bandeja y se les avisa por correo.")
    return redirect("memoria_ver", pk=pk)


def _aportacion(request: Any, pk: int) -> AportacionDeArea:
    aportacion = get_object_or_404(AportacionDeArea.objects.select_related("memoria__area", "area"), pk=pk)
    lector = lector_de(request.user)
    if not (puede_aportar(lector, aportacion) or puede_leer(lector, aportacion.memoria)):
        raise Http404
    return aportacion


@require_http_methods(["GET", "POST"])
def ver(request: Any, pk: int) -> HttpResponse:
    """Capturar lo del área y entregarlo; o leerlo y revisarlo."""
    aportacion = _aportacion(request, pk)
    lector = lector_de(request.user)
    captura = puede_aportar(lector, aportacion) and aportacion.situacion.se_captura
    claves = " ".join(aportacion.pruebas.order_by("pk").values_list("clave", flat=True))
    inicial = {"linea": aportacion.linea, "meta": aportacion.meta, "texto": aportacion.texto, "pruebas": claves} | {
        "version_vista": aportacion.version
    }
    form = AportarForm(request.POST or None, initial=inicial)
    if request.method == "POST" and captura and form.is_valid():
        try:
            capturar_aportacion(aportacion, request.user, form.escrito())
            if "entregar" in request.POST:
                mover_aportacion(aportacion, request.user, "entregar")
        except CambioDeMemoriaRechazado as razon:
            form.add_error(None, str(razon))
        else:
            messages.success(request, "Se entregó." if aportacion.estado == "entregada" else "Se guardó. Todavía no se entrega.")
            return redirect("memoria_aportacion", pk=pk)
    contexto = {
        "a": aportacion, "form": form, "captura": captura, "revisa": puede_editar(lector, aportacion.memoria),
        "pruebas": [] if captura else _pruebas(request, aportacion), "citadas": len(claves.split()),
        "pasos": [p for p in aportacion.situacion.salidas if p.accion not in {"entregar", "capturar"}],
    }  # fmt: skip
    return render(request, "oficina_memoria/aportacion.html", contexto, status=422 if form.errors else 200)


def _pruebas(request: Any, aportacion: AportacionDeArea) -> list[Item]:
    """Los documentos que la prueban y que esa persona ve; ver uno reservado deja constancia."""
    vistas = list(aportacion.pruebas.visibles_para(lector_de(request.user)).order_by("fecha", "pk"))
    dejar_constancia_de_lista(vistas, request.user, "memoria.aportacion")
    return vistas


@require_POST
def mover(request: Any, pk: int, accion: str) -> HttpResponse:
    """Aceptar, devolver o dar por no entregada."""
    aportacion = _aportacion(request, pk)
    try:
        mover_aportacion(aportacion, request.user, accion, request.POST.get("motivo", "")[:2000])
    except CambioDeMemoriaRechazado as razon:
        messages.error(request, str(razon))
    else:
        messages.success(request, f"La aportación quedó {aportacion.situacion.nombre.lower()}.")
    return redirect("memoria_aportacion", pk=pk)


@require_POST
def recordar(request: Any, pk: int) -> HttpResponse:
    """Se lo recuerda hoy por correo, además de los días que tocan."""
    aportacion = _aportacion(request, pk)
    return intentar(
        request,
        aportacion.memoria_id,
        lambda: enviar_recordatorios(recordar_hoy(aportacion, request.user)),
        f"Se le recuerda hoy por correo a {aportacion.area}.",
    )
