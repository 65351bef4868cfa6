"""La evidencia de cada cifra, las salas que se abren a quien audita y lo que marcaron."""

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from archivo.identidad.puerta import lector_de
from memoria_anual.edicion.puerta import (
    CambioDeMemoriaRechazado,
    MarcaDeAuditoria,
    Memoria,
    SalaDeAuditoria,
    SinCorte,
    abrir_sala,
    cerrar_sala,
    cifras_de,
    puede_editar,
    ultimas,
)
from memoria_anual.oficina.formularios_de_edicion import SalaForm
from memoria_anual.oficina.vistas.memorias import memoria_para


@require_GET
def ver(request: Any, pk: int) -> HttpResponse:
    """Cada cifra con su regla, su valor contado y ajustado, la puerta a su lista congelada y lo que marcó quien audita."""
    return _pagina(request, memoria_para(request, pk))


def _pagina(request: Any, memoria: Memoria, *, form: SalaForm | None = None, enlace: str = "") -> HttpResponse:
    try:
        cifras = cifras_de(memoria)
    except SinCorte as falta:
        messages.error(request, str(falta))
        return redirect("memoria_ver", pk=memoria.pk)
    salas = list(memoria.salas.select_related("abre", "cierre__cierra").prefetch_related("marcas"))
    marcadas = defaultdict(list)
    for marca in ultimas(MarcaDeAuditoria.objects.filter(sala__memoria=memoria)).values():
        marcadas[marca.clave].append(marca)
    contexto = {
        "memoria": memoria, "renglones": [(c, [(m, m.habla_de(c)) for m in marcadas[c["clave"]]]) for c in cifras], "salas": salas,
        "lleva": puede_editar(lector_de(request.user), memoria), "form": form or SalaForm(), "enlace": enlace,
    }  # fmt: skip
    return render(request, "oficina_memoria/evidencia.html", contexto, status=422 if form is not None else 200)


@never_cache
@require_POST
def abrir(request: Any, pk: int) -> HttpResponse:
    """Abre una sala; su enlace se muestra esta única vez."""
    memoria, form = memoria_para(request, pk, edita=True), SalaForm(request.POST)
    if not form.is_valid():
        return _pagina(request, memoria, form=form)
    try:
        _, codigo = abrir_sala(memoria, request.user, form.sala())
    except CambioDeMemoriaRechazado as razon:
        form.add_error(None, str(razon))
        return _pagina(request, memoria, form=form)
    return _pagina(request, memoria, enlace=request.build_absolute_uri(reverse("memoria:sala", args=[codigo])))


@require_POST
def cerrar(request: Any, pk: int) -> HttpResponse:
    """Cierra una sala antes de su plazo."""
    sala = get_object_or_404(SalaDeAuditoria, pk=pk)
    memoria = memoria_para(request, sala.memoria_id, edita=True)
    try:
        cerrar_sala(memoria, request.user, sala, request.POST.get("motivo", ""))
    except CambioDeMemoriaRechazado as razon:
        messages.error(request, str(razon))
    else:
        messages.success(request, f"Se cerró la sala de {sala.auditor}: su enlace ya no abre.")
    return redirect("memoria_evidencia", pk=memoria.pk)
