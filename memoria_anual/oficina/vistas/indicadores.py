"""Las cifras de un periodo, y cada una con su regla, sus desgloses y la lista exacta de lo que cuenta."""

import sys
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from archivo.identidad.puerta import lector_de
from memoria_anual.cortes.puerta import Corte, puede_cortar
from memoria_anual.indicadores.puerta import (
    Cifra,
    IndicadorDesconocido,
    Origen,
    Periodo,
    Renglon,
    calcular,
    calcular_leida,
    cifras,
    desgloses,
    hojear,
    indicador,
    puede_capturar_mediciones,
    puede_programar,
    tramo,
)
from memoria_anual.oficina.vistas.comunes import (
    POR_PAGINA,
    exigir_lector,
    numero_de_pagina,
    pagina_de,
    periodo_pedido,
    sin_indicador_propio,
    variacion,
    vecinos,
)
from search import SearchError

CAPITULOS = {
    4: "Información y prensa", 5: "Monitoreo y síntesis", 6: "Comunicación digital", 7: "Producción audiovisual",
    8: "Diseño e imagen institucional", 9: "Campañas", 10: "Publicaciones oficiales", 11: "Relaciones públicas y eventos",
    12: "Encuestas y estudios", 13: "Quejas captadas en medios", 14: "Archivo, transparencia y certificaciones",
    16: "Indicadores propios",
}  # fmt: skip


@require_GET
def lista(request: HttpRequest) -> HttpResponse:
    """Todas las cifras del periodo, por capítulo; cada una abre su lista."""
    lector = exigir_lector(request)
    periodo, error = periodo_pedido(request)
    try:
        hechas = cifras(periodo)
    except SearchError as error:
        return sin_indicador_propio(request, error)
    contexto = {
        "periodo": periodo,
        "error": error,
        "vecinos": vecinos(periodo),
        "capitulos": _por_capitulo(hechas),
        "corta": puede_cortar(lector),
        "captura": puede_capturar_mediciones(lector),
        "programa": puede_programar(lector),
        "cortes": Corte.objects.filter(periodo=periodo.clave)[:3],
    }
    return render(request, "oficina_memoria/indicadores.html", contexto)


def _por_capitulo(hechas: list[Cifra]) -> list[tuple[str, list[dict[str, Any]]]]:
    en_orden = sorted(hechas, key=lambda c: c.indicador.capitulo)
    return [
        (CAPITULOS.get(n, f"Capítulo {n}"), [{"cifra": c, "variacion": variacion(c.valor, c.anterior)} for c in grupo])
        for n, grupo in groupby(en_orden, key=lambda c: c.indicador.capitulo)
    ]


@require_GET
def ver(request: HttpRequest, clave: str) -> HttpResponse:
    """Una cifra: cómo se cuenta, cómo se reparte y qué la forma, de cincuenta en cincuenta. El reparto va en la primera página."""
    exigir_lector(request)
    periodo, error = periodo_pedido(request)
    try:
        cifra, renglones, donde = _abrir(request, clave, periodo)
    except IndicadorDesconocido as desconocido:
        raise Http404 from desconocido
    except SearchError as error:
        return sin_indicador_propio(request, error)
    contexto = {
        "cifra": cifra,
        "periodo": periodo,
        "error": error,
        "vecinos": vecinos(periodo),
        "variacion": variacion(cifra.valor, cifra.anterior),
        "repartos": _repartos(cifra) if donde[0] == 1 else [],
        "pagina": pagina_de(request, renglones, donde, f"memoria.indicador.{clave}"),
        "captura": cifra.capturada and puede_capturar_mediciones(lector_de(request.user)),
    }
    return render(request, "oficina_memoria/indicador.html", contexto)


def _abrir(request: HttpRequest, clave: str, periodo: Periodo) -> tuple[Cifra, list[Renglon], tuple[int, int, int]]:
    """La cifra, los renglones de la página pedida y qué página es. De la segunda en adelante no se lee la lista entera.

    La de una búsqueda se lee siempre de una vez: hojearla sería buscar de nuevo.
    """
    regla = indicador(clave)
    hojea = regla.origen is Origen.REGLA and numero_de_pagina(request, sys.maxsize)[0] > 1
    cifra = calcular(regla, periodo) if hojea else calcular_leida(regla, periodo)
    donde = (*numero_de_pagina(request, cifra.elementos), cifra.elementos)
    inicio = (donde[0] - 1) * POR_PAGINA
    return cifra, (hojear if hojea else tramo)(cifra, inicio, inicio + POR_PAGINA), donde


def _repartos(cifra: Cifra) -> list[tuple[str, list[Any]]]:
    nombres = {"mes": "Por mes", "area": "Por área"} | {d.clave: d.nombre for d in cifra.indicador.fuente.grupos}
    return [(nombres[n], porciones) for n, porciones in desgloses(cifra).items() if n == "mes" or len(porciones) > 1]
