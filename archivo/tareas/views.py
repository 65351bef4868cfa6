"""La página de un trabajo: cómo va, qué no se pudo, y los botones de cancelar y repetir. Sirve sin JavaScript."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from archivo.identidad.puerta import lector_de
from archivo.salidas import renglones_csv
from archivo.tareas.errores import AccionImposible
from archivo.tareas.models import Trabajo
from archivo.tareas.trabajos import (
    ROLES_QUE_VEN_TODO,
    SE_REPITEN,
    cancelar,
    dar_por_enterado,
    lee_su_detalle,
    puede_mandar,
    reintentar,
    suyos,
    visibles_para,
)

POR_PAGINA = 50
SEGUNDOS_ENTRE_RECARGAS = 3
FALLAS_A_LA_VISTA = 20


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Los trabajos de quien pregunta, del más nuevo al más antiguo; `?de=todos` para quien puede verlos."""
    ve_todo = lector_de(request.user).tiene(*ROLES_QUE_VEN_TODO)
    todos = ve_todo and request.GET.get("de") == "todos"
    filas = visibles_para(request.user) if todos else suyos(request.user)
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("p"))
    for trabajo in pagina:
        _dicho_para(trabajo, request.user)
    recarga = SEGUNDOS_ENTRE_RECARGAS * 2 if any(not t.terminado for t in pagina) else None
    return render(request, "tareas/trabajos.html", {"pagina": pagina, "todos": todos, "ve_todo": ve_todo, "recarga": recarga})


def _dicho_para(trabajo: Any, usuario: Any) -> Trabajo:
    """Le pone `lee` y `dicho`: su descripción para quien la puede leer; para las demás, sólo qué número es."""
    trabajo.lee = lee_su_detalle(usuario, trabajo)
    trabajo.dicho = trabajo.descripcion if trabajo.lee else f"Trabajo {trabajo.pk}"
    return trabajo


def _en_renglones(resultado: Any) -> list[tuple[str, Any]]:
    """Lo que dejó un trabajo, un renglón por dato y sin los ceros; lo que no es una tabla, en uno solo."""
    if not isinstance(resultado, dict):
        return [("Dijo", resultado)] if resultado else []
    return [(str(nombre).replace("_", " ").capitalize(), valor) for nombre, valor in resultado.items() if valor]


@require_GET
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """El avance; mientras no termina, la página se recarga sola."""
    trabajo: Any = _dicho_para(get_object_or_404(visibles_para(request.user), pk=pk), request.user)
    contexto = {
        "trabajo": trabajo,
        "manda": puede_mandar(request.user, trabajo),
        "recarga": None if trabajo.terminado else SEGUNDOS_ENTRE_RECARGAS,
        "fallas": trabajo.fallas.all()[:FALLAS_A_LA_VISTA] if trabajo.lee else [],
        "renglones": _en_renglones(trabajo.resultado) if trabajo.lee else [],
        "se_repite": trabajo.estado in SE_REPITEN,
        "espera_lectura": trabajo.estado in SE_REPITEN and trabajo.enterado_en is None and trabajo.cancelado_en is None,
    }
    return render(request, "tareas/trabajo.html", contexto)


def _renglones(trabajo: Trabajo) -> Iterator[str]:
    fallas = ((f.referencia, f.motivo) for f in trabajo.fallas.iterator(chunk_size=2000))
    return renglones_csv(chain([("qué", "por qué")], fallas))


@require_GET
def descargar_fallas(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Todo lo que no se pudo, en una hoja CSV (UTF-8) de dos columnas."""
    trabajo = get_object_or_404(visibles_para(request.user), pk=pk)
    if not lee_su_detalle(request.user, trabajo):
        raise Http404
    nombre = f"trabajo-{trabajo.pk}-no-se-pudo.csv"
    return StreamingHttpResponse(
        _renglones(trabajo),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{nombre}"'},
    )


def _hacer(request: HttpRequest, pk: int, accion: Any, exito: str) -> HttpResponse:
    trabajo = get_object_or_404(visibles_para(request.user), pk=pk)
    if not puede_mandar(request.user, trabajo):
        raise PermissionDenied
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
    return _hacer(request, pk, lambda t: cancelar(t, request.user), "Se pidió cancelar. Lo que ya se hizo se conserva.")


@require_POST
def volver_a_intentar(request: HttpRequest, pk: int) -> HttpResponse:
    """Encola de nuevo un trabajo que falló o se canceló."""
    return _hacer(request, pk, lambda t: reintentar(t, request.user), "El trabajo volvió a la cola.")


@require_POST
def enterarse(request: HttpRequest, pk: int) -> HttpResponse:
    """Deja de esperar en la bandeja; la página y sus fallas siguen aquí treinta días."""
    return _hacer(request, pk, dar_por_enterado, "Queda leído; ya no le espera en la bandeja.")
