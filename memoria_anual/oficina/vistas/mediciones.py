"""Lo que se teclea: mediciones de cada mes y cifras de informes anteriores."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from archivo.identidad.puerta import lector_de
from memoria_anual.indicadores.puerta import (
    CapturaRechazada,
    MedicionCapturada,
    MedicionNueva,
    anular,
    capturar,
    puede_capturar_mediciones,
)
from memoria_anual.oficina.formularios import MedicionForm
from memoria_anual.oficina.vistas.comunes import exigir, exigir_lector

A_LA_VISTA = 300


@require_http_methods(["GET", "POST"])
def lista(request: HttpRequest) -> HttpResponse:
    """Lo capturado, lo último primero, y el formulario de una más."""
    lector = exigir_lector(request)
    captura = puede_capturar_mediciones(lector)
    form = MedicionForm(initial={"indicador": request.GET.get("indicador", "")[:20], "clase": request.GET.get("clase", "")[:20]})
    if request.method == "POST":
        exigir(puede=captura)
        form = MedicionForm(request.POST)
        if form.is_valid() and _capturar(request, form):
            return redirect("memoria_mediciones")
    filas = MedicionCapturada.objects.select_related("actor", "corregida_por").order_by("-id")[:A_LA_VISTA]
    return render(request, "oficina_memoria/mediciones.html", {"filas": filas, "form": form, "captura": captura})


def _capturar(request: HttpRequest, form: MedicionForm) -> bool:
    datos: dict[str, Any] = form.cleaned_data
    try:
        capturar(MedicionNueva(**datos), request.user)  # type: ignore[arg-type]
    except CapturaRechazada as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, "Guardado: la cifra ya lo cuenta y lo marca como capturado.")
    return True


@require_POST
def quitar(request: HttpRequest, pk: int) -> HttpResponse:
    """Anula una medición, con su motivo."""
    exigir(puede=puede_capturar_mediciones(lector_de(request.user)))
    try:
        anular(get_object_or_404(MedicionCapturada, pk=pk), request.POST.get("motivo", ""), request.user)  # type: ignore[arg-type]
    except CapturaRechazada as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Anulada: ya no cuenta, y su fila se conserva.")
    return redirect("memoria_mediciones")
