"""Los cortes: hacer uno, verlo, comprobarlo y compararlo con otro o con lo de ahora."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from archivo.identidad.puerta import lector_de
from memoria_anual.cortes.puerta import (
    CambioDeCifra,
    CambioDeElemento,
    CifraDeCorte,
    Corte,
    comparar,
    elementos_de,
    encargar_corte,
    puede_cortar,
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


@require_GET
def comparacion(request: HttpRequest, pk: int) -> HttpResponse:
    """Qué entró, qué salió y qué cambió desde el corte, y por qué. `?con=` es otro corte; sin él, lo de ahora."""
    exigir_lector(request)
    corte = get_object_or_404(Corte, pk=pk)
    dicho = request.GET.get("con", "")
    con = get_object_or_404(Corte, pk=int(dicho)) if dicho.isascii() and dicho.isdecimal() and len(dicho) < 19 else None
    try:
        hecha = comparar(corte, con)
    except SearchError:
        return render(request, "oficina_memoria/sin_buscador.html", status=503)
    cambios = [(c, _a_la_vista(request, c)) for c in hecha.distintas]
    return render(request, "oficina_memoria/comparacion.html", {"corte": corte, "con": con, "cambios": cambios})


def _a_la_vista(request: HttpRequest, cambio: CambioDeCifra) -> list[tuple[str, list[tuple[str, str, str, str]], int]]:
    """De cada clase de cambio, los primeros que esa persona ve (clave, título, motivo, quién) y cuántos quedan sin decir."""
    grupos = (("Entraron", cambio.entraron), ("Salieron", cambio.salieron), ("Cambiaron", cambio.cambiaron))
    return [(nombre, *_dichos(request, cambios)) for nombre, cambios in grupos if cambios]


def _dichos(request: HttpRequest, cambios: Sequence[CambioDeElemento]) -> tuple[list[tuple[str, str, str, str]], int]:
    primeros = list(cambios[:CAMBIOS_A_LA_VISTA])
    contados = [c.contado for c in primeros]
    vistos = visibles(lector_de(request.user), contados, superficie="memoria.comparacion", usuario=request.user)  # type: ignore[arg-type]
    dichos = [(c.clave, c.titulo, c.motivo, c.quien) for c, (_, _, se_ve) in zip(primeros, vistos, strict=True) if se_ve]
    return dichos, len(cambios) - len(dichos)
