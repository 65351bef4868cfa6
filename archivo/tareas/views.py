"""La página de un trabajo: cómo va, y los botones de cancelar y repetir. Sirve sin JavaScript."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from archivo.tareas.errores import AccionImposible
from archivo.tareas.trabajos import cancelar, reintentar, visibles_para

POR_PAGINA = 50
SEGUNDOS_ENTRE_RECARGAS = 3


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Los trabajos de quien pregunta, del más nuevo al más antiguo."""
    pagina = Paginator(visibles_para(request.user), POR_PAGINA).get_page(request.GET.get("p"))
    return render(request, "tareas/trabajos.html", {"pagina": pagina})


@require_GET
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """El avance; mientras no termina, la página se recarga sola."""
    trabajo = get_object_or_404(visibles_para(request.user), pk=pk)
    recarga = None if trabajo.terminado else SEGUNDOS_ENTRE_RECARGAS
    return render(request, "tareas/trabajo.html", {"trabajo": trabajo, "recarga": recarga})


def _hacer(request: HttpRequest, pk: int, accion: Any, exito: str) -> HttpResponse:
    trabajo = get_object_or_404(visibles_para(request.user), pk=pk)
    try:
        accion(trabajo)
    except AccionImposible as motivo:
        messages.warning(request, str(motivo))
    else:
        messages.success(request, exito)
    return redirect(trabajo)


@require_POST
def pedir_cancelacion(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancela lo que espera o pide a lo que corre que se detenga."""
    return _hacer(request, pk, cancelar, "Se pidió cancelar. Lo que ya se hizo se conserva.")


@require_POST
def volver_a_intentar(request: HttpRequest, pk: int) -> HttpResponse:
    """Encola de nuevo un trabajo que falló o se canceló."""
    return _hacer(request, pk, reintentar, "El trabajo volvió a la cola.")
