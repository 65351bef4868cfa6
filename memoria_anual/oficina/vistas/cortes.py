"""Los cortes: hacer uno, verlo, comprobarlo y compararlo con otro o con lo de ahora."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from archivo.identidad.puerta import lector_de
from memoria_anual.cortes.puerta import (
    CifraDeCorte,
    Corte,
    elementos_de,
    encargar_corte,
    puede_cortar,
    verificar,
)
from memoria_anual.indicadores.puerta import PeriodoIlegible, leer_periodo
from memoria_anual.oficina.vistas.comunes import (
    LARGO_DE_PERIODO,
    POR_PAGINA,
    exigir,
    exigir_lector,
    numero_de_pagina,
    pagina_de,
    variacion,
)

CORTES_A_LA_VISTA = 200


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
