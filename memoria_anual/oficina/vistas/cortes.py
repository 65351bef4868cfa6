"""Los cortes: hacer uno, verlo, comprobarlo y compararlo con otro o con lo de ahora."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archivo.identidad.puerta import lector_de
from memoria_anual.cortes.puerta import (
    CambioDeElemento,
    CambioHallado,
    CifraDeCorte,
    Corte,
    CorteImposible,
    comparar,
    elementos_de,
    encargar_comparacion,
    encargar_corte,
    es_breve,
    puede_cortar,
    ultima_comparacion,
    verificar,
)
from memoria_anual.indicadores.puerta import PeriodoIlegible, leer_periodo, visibles
from memoria_anual.oficina.vistas.comunes import (
    LARGO_DE_PERIODO,
    POR_PAGINA,
    exigir,
    exigir_lector,
    numero_de_pagina,
    pagina_de,
    variacion,
)
from search import SearchError

CORTES_A_LA_VISTA = 200
CAMBIOS_A_LA_VISTA = 200
_GRUPOS = (("Entraron", "entraron", "entro"), ("Salieron", "salieron", "salio"), ("Cambiaron", "cambiaron", "cambio"))


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Los cortes hechos, el último primero."""
    lector = exigir_lector(request)
    cortes = Corte.objects.select_related("actor")[:CORTES_A_LA_VISTA]
    return render(request, "oficina_memoria/cortes.html", {"cortes": cortes, "corta": puede_cortar(lector)})


@require_POST
def nuevo(request: HttpRequest) -> HttpResponse:
    """Encarga un corte y lleva a su avance."""
    exigir(puede=puede_cortar(lector_de(request.user)))
    try:
        periodo = leer_periodo(request.POST.get("periodo", "")[:LARGO_DE_PERIODO])
    except PeriodoIlegible as error:
        messages.error(request, str(error))
        return redirect("memoria_cortes")
    trabajo = encargar_corte(periodo, request.user, request.POST.get("motivo", "").replace("\0", "")[:300])  # type: ignore[arg-type]
    messages.success(request, f"Se está cortando {periodo.nombre}. Al terminar, aquí dirá qué corte es.")
    return redirect(trabajo)


@require_GET
def ver(request: HttpRequest, pk: int) -> HttpResponse:
    """Un corte con sus cifras, y con qué se puede comparar."""
    exigir_lector(request)
    corte = get_object_or_404(Corte.objects.select_related("actor"), pk=pk)
    contexto = {
        "corte": corte,
        "cifras": [{"cifra": c, "variacion": variacion(c.valor, c.anterior)} for c in corte.cifras.defer("lista", "pesos")],
        "otros": Corte.objects.filter(desde=corte.desde, hasta=corte.hasta).exclude(pk=corte.pk)[:CORTES_A_LA_VISTA],
    }
    return render(request, "oficina_memoria/corte.html", contexto)


@require_POST
def comprobar(request: HttpRequest, pk: int) -> HttpResponse:
    """Recalcula la huella desde las filas y dice si alguien las tocó."""
    exigir_lector(request)
    corte = get_object_or_404(Corte, pk=pk)
    fallas = verificar(corte)
    for falla in fallas:
        messages.error(request, falla)
    if not fallas:
        messages.success(request, "La huella cuadra: nadie ha cambiado este corte.")
    return redirect("memoria_corte", pk=pk)


@require_GET
def cifra(request: HttpRequest, pk: int, clave: str) -> HttpResponse:
    """La lista congelada de una cifra, de cincuenta en cincuenta."""
    exigir_lector(request)
    de_corte = get_object_or_404(CifraDeCorte.objects.select_related("corte"), corte_id=pk, clave=clave)
    donde = (*numero_de_pagina(request, de_corte.elementos), de_corte.elementos)
    inicio = (donde[0] - 1) * POR_PAGINA
    elementos = elementos_de(de_corte, inicio, inicio + POR_PAGINA)
    pagina = pagina_de(request, elementos, donde, f"memoria.corte.{clave}")
    return render(request, "oficina_memoria/cifra_de_corte.html", {"cifra": de_corte, "corte": de_corte.corte, "pagina": pagina})


@require_http_methods(["GET", "HEAD", "POST"])
def comparacion(request: HttpRequest, pk: int) -> HttpResponse:
    """Qué entró, qué salió y qué cambió desde el corte, y por qué. `?con=` es otro corte; sin él, lo de ahora.

    Lo breve se compara al pedirlo; lo demás se encarga (POST) y aquí se ve lo último que se halló, con su fecha.
    """
    exigir_lector(request)
    corte = get_object_or_404(Corte, pk=pk)
    dicho = request.GET.get("con", "")
    con = get_object_or_404(Corte, pk=int(dicho)) if dicho.isascii() and dicho.isdecimal() and len(dicho) < 19 else None
    if request.method == "POST" and not es_breve(corte, con):
        return redirect(encargar_comparacion(corte, con, request.user))  # type: ignore[arg-type]
    try:
        hallado = _al_momento(request, corte, con) if es_breve(corte, con) else _guardado(request, corte, con)
    except SearchError:
        return render(request, "oficina_memoria/sin_buscador.html", status=503)
    except CorteImposible as error:
        messages.error(request, str(error))
        return redirect("memoria_corte", pk=pk)
    return render(request, "oficina_memoria/comparacion.html", {"corte": corte, "con": con} | hallado)


type Grupos = list[tuple[str, Sequence[CambioDeElemento | CambioHallado], int]]
"""De cada clase de cambio: su nombre, los primeros y cuántos son."""


def _al_momento(request: HttpRequest, corte: Corte, con: Corte | None) -> dict[str, Any]:
    cambios: list[tuple[Any, Grupos]] = [
        (c, [(nombre, getattr(c, campo)[:CAMBIOS_A_LA_VISTA], len(getattr(c, campo))) for nombre, campo, _ in _GRUPOS])
        for c in comparar(corte, con).distintas
    ]
    return {"hecha": True, "breve": True, "cambios": _a_la_vista(request, cambios)}


def _guardado(request: HttpRequest, corte: Corte, con: Corte | None) -> dict[str, Any]:
    """Lo que dejó la última comparación encargada, si la hay. Una consulta por todos sus cambios a la vista."""
    hecha = ultima_comparacion(corte, con)
    if hecha is None:
        return {"hecha": False}
    suyos: dict[tuple[str, str], list[CambioHallado]] = defaultdict(list)
    for cambio in hecha.cambios.filter(n__lt=CAMBIOS_A_LA_VISTA):
        suyos[cambio.cifra, cambio.que].append(cambio)
    cambios: list[tuple[Any, Grupos]] = [
        (_con_numeros(c), [(nombre, suyos[c["clave"], que], c[campo]) for nombre, campo, que in _GRUPOS]) for c in hecha.cifras
    ]
    return {"hecha": True, "breve": False, "momento": hecha.momento, "cambios": _a_la_vista(request, cambios)}


def _con_numeros(cifra: dict[str, Any]) -> dict[str, Any]:
    return cifra | {lado: None if cifra[lado] is None else Decimal(cifra[lado]) for lado in ("antes", "despues")}


def _a_la_vista(request: HttpRequest, cambios: list[tuple[Any, Grupos]]) -> list[tuple[Any, list[tuple[str, list[Any], int]]]]:
    """De cada clase de cambio, los primeros que esa persona ve y cuántos quedan sin decir."""
    contados: list[Any] = [c.contado for _, grupos in cambios for _, primeros, _ in grupos for c in primeros]
    vistos = visibles(lector_de(request.user), contados, superficie="memoria.comparacion", usuario=request.user)  # type: ignore[arg-type]
    se_ve = iter(visto for _, _, visto in vistos)
    hechos = []
    for cambio, grupos in cambios:
        dichos = [(nombre, [c for c in primeros if next(se_ve)], total) for nombre, primeros, total in grupos]
        hechos.append((cambio, [(nombre, suyos, total - len(suyos)) for nombre, suyos, total in dichos]))
    return hechos
