"""Indicadores armados con una búsqueda, sin programar."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import lector_de
from memoria_anual.indicadores.puerta import IndicadorPropio, puede_programar
from memoria_anual.oficina.formularios import IndicadorPropioForm
from memoria_anual.oficina.vistas.comunes import exigir, exigir_lector


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Los que hay."""
    lector = exigir_lector(request)
    contexto = {
        "propios": IndicadorPropio.objects.select_related("creado_por"),
        "edita": puede_programar(lector),
        "anio": timezone.localdate().year,
    }
    return render(request, "oficina_memoria/propios.html", contexto)


@require_http_methods(["GET", "POST"])
def nuevo(request: HttpRequest) -> HttpResponse:
    """Uno nuevo."""
    return _editar(request, IndicadorPropio(), "Indicador propio nuevo")


@require_http_methods(["GET", "POST"])
def editar(request: HttpRequest, pk: int) -> HttpResponse:
    """Cambia uno: desde entonces cuenta de otro modo; los cortes hechos conservan la regla que tenían."""
    exigir_lector(request)
    propio = get_object_or_404(IndicadorPropio, pk=pk)
    return _editar(request, propio, f"Indicador {propio.clave}")


def _editar(request: HttpRequest, propio: IndicadorPropio, titulo: str) -> HttpResponse:
    exigir(puede=puede_programar(lector_de(request.user)))
    es_nuevo = propio.pk is None
    form = IndicadorPropioForm(request.POST or None, instance=propio)
    if request.method == "POST" and form.is_valid():
        _guardar(request, form, es_nuevo=es_nuevo)
        quitado = (
            f" Se quitó {', '.join(form.se_quitaron)} de la búsqueda: el periodo lo pone cada cifra." if form.se_quitaron else ""
        )
        messages.success(request, f"{propio.clave} quedó guardado. Esto es lo que cuenta este año.{quitado}")
        return redirect("memoria_indicador", clave=propio.clave)
    return render(request, "oficina_memoria/propio.html", {"form": form, "titulo": titulo})


@transaction.atomic
def _guardar(request: Any, form: IndicadorPropioForm, *, es_nuevo: bool) -> None:
    antes = {c: str(form.initial.get(c) or "")[:300] for c in form.changed_data}
    propio = form.save(commit=False)
    if es_nuevo:
        propio.creado_por = request.user
    propio.save()
    clase = "indicador.creado" if es_nuevo else "indicador.cambiado"
    ahora = {c: str(form.cleaned_data.get(c) or "")[:300] for c in form.changed_data}
    registrar(SucesoNuevo(clase, f"indicador:{propio.clave}", request.user, "", {"antes": antes, "despues": ahora}))
