"""El programa anual en pantalla: metas, avance con semáforo, justificaciones y umbrales."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import lector_de
from memoria_anual.indicadores.puerta import (
    AvanceAnual,
    MetaRechazada,
    UmbralDeSemaforo,
    avances,
    indicador,
    justificar,
    metas_de,
    programar,
    puede_programar,
)
from memoria_anual.oficina.formularios import JustificacionForm, MetaForm, UmbralForm
from memoria_anual.oficina.vistas.comunes import exigir, exigir_lector, sin_indicador_propio
from search import SearchError

NOMBRES_DE_SEMAFORO = {
    "verde": "Cumple", "amarillo": "En riesgo", "rojo": "No cumple", "sin_meta": "n/a", "sin_empezar": "Sin empezar",
}  # fmt: skip
PRIMER_ANIO, ULTIMO_ANIO = 1900, 2200


def _anio(anio: int) -> int:
    if not PRIMER_ANIO <= anio <= ULTIMO_ANIO:
        raise Http404
    return anio


@require_GET
def de_este_anio(request: HttpRequest) -> HttpResponse:
    """Lleva a las metas del año en curso."""
    exigir_lector(request)
    return redirect("memoria_metas", anio=timezone.localdate().year)


@require_GET
def ver(request: HttpRequest, anio: int) -> HttpResponse:
    """Las metas de un año con lo logrado."""
    return _pagina(request, anio)


def _pagina(request: HttpRequest, anio: int, **formularios: Any) -> HttpResponse:
    lector = exigir_lector(request)
    try:
        hechos = avances(_anio(anio))
    except SearchError as error:
        return sin_indicador_propio(request, error)
    faltan = _por_justificar(hechos)
    contexto = {
        "anio": anio,
        "avances": hechos,
        "programa": puede_programar(lector),
        "faltan": faltan,
        "umbrales": UmbralDeSemaforo.objects.all()[:10],
        "meta": MetaForm(prefix="meta"),
        "justificacion": JustificacionForm(prefix="justificacion", faltan=_con_meta(anio)),
        "umbral": UmbralForm(prefix="umbral"),
    }
    return render(request, "oficina_memoria/metas.html", contexto | formularios)


def _por_justificar(hechos: list[AvanceAnual]) -> list[tuple[str, int]]:
    return [(a.indicador.clave, t.trimestre or 0) for a in hechos for t in a.trimestres if t.falta_justificar]


def _con_meta(anio: int) -> list[tuple[str, str]]:
    return [(c, f"{c} · {indicador(c).nombre}") for c in sorted({clave for clave, _ in metas_de(anio)})]


@require_POST
def fijar(request: HttpRequest, anio: int) -> HttpResponse:
    """Programa un trimestre."""
    exigir(puede=puede_programar(lector_de(request.user)))
    form = MetaForm(request.POST, prefix="meta")

    def hacer(d: dict[str, Any]) -> None:
        programar(d["indicador"], (_anio(anio), d["trimestre"]), d["programado"], request.user, d["motivo"])  # type: ignore[arg-type]

    return _intentar(request, anio, ("meta", form), hacer)


@require_POST
def explicar(request: HttpRequest, anio: int) -> HttpResponse:
    """Justifica un trimestre."""
    exigir(puede=puede_programar(lector_de(request.user)))
    form = JustificacionForm(request.POST, prefix="justificacion", faltan=_con_meta(_anio(anio)))

    def hacer(d: dict[str, Any]) -> None:
        justificar(d["indicador"], (anio, d["trimestre"]), d["texto"], request.user)  # type: ignore[arg-type]

    return _intentar(request, anio, ("justificacion", form), hacer)


@require_POST
def umbral(request: HttpRequest, anio: int) -> HttpResponse:
    """Registra desde qué día se lee de otro modo el avance."""
    exigir(puede=puede_programar(lector_de(request.user)))
    form = UmbralForm(request.POST, prefix="umbral")

    def hacer(d: dict[str, Any]) -> None:
        nuevo = form.save()
        detalle = {c: str(v) for c, v in d.items()}
        registrar(SucesoNuevo("indicador.umbral", f"umbral:{nuevo.pk}", request.user, "", detalle))  # type: ignore[arg-type]

    return _intentar(request, anio, ("umbral", form), hacer)


def _intentar(request: HttpRequest, anio: int, dado: tuple[str, Any], hacer: Callable[[dict[str, Any]], None]) -> HttpResponse:
    nombre, form = dado
    if form.is_valid():
        try:
            hacer(form.cleaned_data)
        except MetaRechazada as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Guardado.")
            return redirect("memoria_metas", anio=anio)
    messages.error(request, "No se guardó. Revise lo marcado.")
    return _pagina(request, anio, **{nombre: form})
