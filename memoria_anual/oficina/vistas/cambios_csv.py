"""Lo que cambió desde un corte, entero y en CSV: un renglón por elemento de cada cifra, con su razón."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import batched, chain
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from archivo.identidad.puerta import lector_de
from archivo.salidas import renglones_csv
from memoria_anual.cortes.puerta import Corte, CorteImposible, comparar, es_breve, ultima_comparacion
from memoria_anual.indicadores.puerta import visibles
from memoria_anual.oficina.acciones import numero
from memoria_anual.oficina.vistas.comparaciones import cortes_pedidos
from memoria_anual.oficina.vistas.comunes import exigir_lector, sin_indicador_propio
from search import SearchError

LOTE = 1_000
ENCABEZADO = ("Indicador", "Nombre", "Antes", "Después", "Qué pasó", "Clave", "Título", "Por qué", "Quién")
QUE_PASO = {"entro": "Entró", "salio": "Salió", "cambio": "Cambió"}
CALLADO = "Ya no está en el archivo o no le toca ver."

type DeUnaCifra = tuple[tuple[Any, ...], str, Iterable[Any]]
"""Las cuatro primeras celdas, lo que cambió sin ser de ningún elemento, y los cambios de elementos."""


@require_GET
def descargar(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """Todos los cambios. `?con=` es otro corte; sin él, lo de ahora, o lo último que se halló si hay mucho que leer."""
    exigir_lector(request)
    corte, con = cortes_pedidos(request, pk)
    try:
        cifras = _al_momento(corte, con) if es_breve(corte, con) else _guardadas(corte, con)
    except SearchError as error:
        return sin_indicador_propio(request, error)
    except CorteImposible as error:
        messages.error(request, str(error))
        return redirect("memoria_corte", pk=pk)
    if cifras is None:
        messages.error(request, "Todavía no se ha comparado. Encargue la comparación y, al terminar, descargue sus cambios.")
        return redirect("memoria_corte_comparar", pk=pk)
    renglones = chain([ENCABEZADO], chain.from_iterable(_renglones(request, c) for c in cifras))
    nombre = f"cambios-corte-{corte.pk}-{f'a-{con.pk}' if con else 'a-hoy'}.csv"
    cabeceras = {"Content-Disposition": f'attachment; filename="{nombre}"', "Cache-Control": "private, no-store"}
    return StreamingHttpResponse(renglones_csv(renglones), content_type="text/csv; charset=utf-8", headers=cabeceras)


def _al_momento(corte: Corte, con: Corte | None) -> Iterable[DeUnaCifra] | None:
    return [
        (_cabeza(c.clave, c.nombre, c.antes, c.despues), _de_la_cifra(regla_distinta=c.regla_distinta, solo_en=c.solo_en),
         [*c.entraron, *c.salieron, *c.cambiaron])
        for c in comparar(corte, con).distintas
    ]  # fmt: skip


def _guardadas(corte: Corte, con: Corte | None) -> Iterable[DeUnaCifra] | None:
    """Lo que dejó la última comparación encargada; None si no hay. Los cambios se leen al escribirlos, una cifra a la vez."""
    hecha = ultima_comparacion(corte, con)
    if hecha is None:
        return None
    return (
        (_cabeza(c["clave"], c["nombre"], c["antes"], c["despues"]),
         _de_la_cifra(regla_distinta=c["regla_distinta"], solo_en=c["solo_en"]),
         hecha.cambios.filter(cifra=c["clave"]).order_by("que", "n").iterator(LOTE))
        for c in hecha.cifras
    )  # fmt: skip


def _cabeza(clave: str, nombre: str, antes: Decimal | str | None, despues: Decimal | str | None) -> tuple[Any, ...]:
    return clave, nombre, *(None if v is None else numero(Decimal(v)) for v in (antes, despues))


def _de_la_cifra(*, regla_distinta: bool, solo_en: str) -> str:
    if solo_en:
        return "Este indicador ya no está en uso." if solo_en == "antes" else "Este indicador no existía."
    return "La regla de conteo ya no es la misma." if regla_distinta else ""


def _renglones(request: HttpRequest, de_una: DeUnaCifra) -> Iterator[tuple[Any, ...]]:
    """Los de una cifra. Lo que esa persona no ve lleva su renglón, sin nombre ni razón: la cuenta cuadra."""
    cifra, dicho, cambios = de_una
    if dicho:
        yield (*cifra, "Cambió", "", "", dicho, "")
    lector = lector_de(request.user)
    for lote in batched(cambios, LOTE):
        vistos = visibles(lector, [c.contado for c in lote], superficie="memoria.comparacion", usuario=request.user)  # type: ignore[arg-type]
        for cambio, (_, _, se_ve) in zip(lote, vistos, strict=True):
            suyo = (cambio.clave, cambio.titulo, cambio.motivo, cambio.quien) if se_ve else ("", "", CALLADO, "")
            yield (*cifra, QUE_PASO[cambio.que], *suyo)
