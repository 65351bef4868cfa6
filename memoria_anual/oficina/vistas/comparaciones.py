"""Qué cambió desde un corte: los primeros cambios de cada cifra, y cada clase de cambio entera, por páginas."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from archivo.identidad.puerta import lector_de
from memoria_anual.cortes.puerta import (
    CambioDeElemento,
    CambioHallado,
    Corte,
    CorteImposible,
    comparar,
    encargar_comparacion,
    es_breve,
    ultima_comparacion,
)
from memoria_anual.indicadores.puerta import visibles
from memoria_anual.oficina.vistas.comunes import POR_PAGINA, exigir_lector, numero_de_pagina, sin_indicador_propio
from search import SearchError

_GRUPOS = {"entraron": ("Entraron", "entro"), "salieron": ("Salieron", "salio"), "cambiaron": ("Cambiaron", "cambio")}

type Cambios = Sequence[CambioDeElemento | CambioHallado]


@dataclass
class Grupo:
    """Una clase de cambio de una cifra: los de esta página que la persona ve, cuántos de ella no, y cuántos son en total."""

    que: str
    nombre: str
    dichos: Cambios
    total: int
    numero: int
    paginas: int
    callados: int = 0


type Hallados = list[tuple[Any, list[Grupo]]]


@require_http_methods(["GET", "HEAD", "POST"])
def comparacion(request: HttpRequest, pk: int) -> HttpResponse:
    """Qué entró, qué salió y qué cambió desde el corte, y por qué. `?con=` es otro corte; sin él, lo de ahora.

    `?cifra=BOL&que=entraron&pagina=2` recorre una clase de cambio entera. Lo breve se compara al pedirlo; lo demás se encarga
    (POST) y aquí se ve lo último que se halló, con su fecha.
    """
    exigir_lector(request)
    corte, con = cortes_pedidos(request, pk)
    if request.method == "POST" and not es_breve(corte, con):
        return redirect(encargar_comparacion(corte, con, request.user))  # type: ignore[arg-type]
    try:
        hallado = _al_momento(request, corte, con) if es_breve(corte, con) else _guardado(request, corte, con)
    except SearchError as error:
        return sin_indicador_propio(request, error)
    except CorteImposible as error:
        messages.error(request, str(error))
        return redirect("memoria_corte", pk=pk)
    contexto = {"corte": corte, "con": con, "de_una": bool(_pedida(request)), "aqui": f"con={con.pk}" if con else ""}
    return render(request, "oficina_memoria/comparacion.html", contexto | hallado)


def cortes_pedidos(request: HttpRequest, pk: int) -> tuple[Corte, Corte | None]:
    """El corte que se mira y el otro (`?con=`), o None si se compara con lo de ahora."""
    dicho = request.GET.get("con", "")
    con = get_object_or_404(Corte, pk=int(dicho)) if dicho.isascii() and dicho.isdecimal() and len(dicho) < 19 else None
    return get_object_or_404(Corte, pk=pk), con


def _pedida(request: HttpRequest) -> tuple[str, str] | None:
    """La cifra y la clase de cambio que se recorren, o None si se ven todas."""
    cifra, que = request.GET.get("cifra", ""), request.GET.get("que", "")
    return (cifra, que) if cifra and que in _GRUPOS else None


def _al_momento(request: HttpRequest, corte: Corte, con: Corte | None) -> dict[str, Any]:
    pedida = _pedida(request)
    cambios: Hallados = []
    for c in comparar(corte, con).distintas:
        grupos = [_grupo(request, que, len(getattr(c, que))) for que in _GRUPOS if pedida in (None, (c.clave, que))]
        for grupo in grupos:
            inicio = (grupo.numero - 1) * POR_PAGINA
            grupo.dichos = getattr(c, grupo.que)[inicio : inicio + POR_PAGINA]
        cambios += [(c, grupos)] if grupos else []
    return {"hecha": True, "breve": True, "cambios": _a_la_vista(request, cambios)}


def _guardado(request: HttpRequest, corte: Corte, con: Corte | None) -> dict[str, Any]:
    """Lo que dejó la última comparación encargada, si la hay. Una consulta por todos sus cambios a la vista."""
    hecha = ultima_comparacion(corte, con)
    if hecha is None:
        return {"hecha": False}
    pedida = _pedida(request)
    cambios: Hallados = []
    for c in hecha.cifras:
        grupos = [_grupo(request, que, c[que]) for que in _GRUPOS if pedida in (None, (c["clave"], que))]
        cambios += [(_con_numeros(c), grupos)] if grupos else []
    inicio = (cambios[0][1][0].numero - 1) * POR_PAGINA if pedida and cambios else 0
    a_la_vista = hecha.cambios.filter(n__gte=inicio, n__lt=inicio + POR_PAGINA)
    if pedida:
        a_la_vista = a_la_vista.filter(cifra=pedida[0], que=_GRUPOS[pedida[1]][1])
    suyos: dict[tuple[str, str], list[CambioHallado]] = defaultdict(list)
    for cambio in a_la_vista:
        suyos[cambio.cifra, cambio.que].append(cambio)
    for cifra, grupos in cambios:
        for grupo in grupos:
            grupo.dichos = suyos[cifra["clave"], _GRUPOS[grupo.que][1]]
    return {"hecha": True, "breve": False, "momento": hecha.momento, "cambios": _a_la_vista(request, cambios)}


def _con_numeros(cifra: dict[str, Any]) -> dict[str, Any]:
    return cifra | {lado: None if cifra[lado] is None else Decimal(cifra[lado]) for lado in ("antes", "despues")}


def _grupo(request: HttpRequest, que: str, total: int) -> Grupo:
    numero, paginas = numero_de_pagina(request, total)
    return Grupo(que, _GRUPOS[que][0], (), total, numero if _pedida(request) else 1, paginas)


def _a_la_vista(request: HttpRequest, cambios: Hallados) -> Hallados:
    """Los mismos, cada grupo con sólo lo que esa persona ve, y cuánto calla."""
    if _pedida(request) and not cambios:
        raise Http404
    contados: list[Any] = [c.contado for _, grupos in cambios for grupo in grupos for c in grupo.dichos]
    vistos = visibles(lector_de(request.user), contados, superficie="memoria.comparacion", usuario=request.user)  # type: ignore[arg-type]
    se_ve = iter(visto for _, _, visto in vistos)
    for _, grupos in cambios:
        for grupo in grupos:
            suyos = [c for c in grupo.dichos if next(se_ve)]
            grupo.dichos, grupo.callados = suyos, len(grupo.dichos) - len(suyos)
    return cambios
