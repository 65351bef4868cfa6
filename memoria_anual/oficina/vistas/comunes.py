"""Lo común a las pantallas de cifras: quién las lee, qué periodo se pide y cómo se recorre una lista."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from archivo.identidad.puerta import Lector, lector_de
from archivo.indexacion.puerta import anotar_falla
from archivo.oficina.puerta import sin_buscador
from memoria_anual.indicadores.puerta import Periodo, PeriodoIlegible, leer_periodo, visibles
from search import SearchError

registro = logging.getLogger(__name__)

POR_PAGINA = 50
LARGO_DE_PERIODO = 40
SIN_BUSCADOR = (
    "Un indicador propio pregunta al buscador, y en este momento no contesta. El problema es nuestro. Pruebe en un minuto; si sigue, "
    "avise a quien administra."
)
_PANTALLAS = {
    "expediente": "oficina_expediente", "solicitud": "oficina_solicitud", "certificacion": "oficina_certificacion",
}  # fmt: skip


def exigir_lector(request: HttpRequest) -> Lector:
    """Quien lee cifras: cualquier rol que abra lo interno. Para los demás la pantalla no existe."""
    lector = lector_de(request.user)
    if not lector.es_de_oficina:
        raise Http404
    return lector


def sin_indicador_propio(request: HttpRequest, error: SearchError) -> HttpResponse:
    """503: un indicador propio pregunta al buscador y no contesta. Se anota por qué."""
    anotar_falla(registro, "Una página de cifras no se da: el índice no responde", error)
    return sin_buscador(request, SIN_BUSCADOR)


def exigir(*, puede: bool) -> None:
    """Lo que no le toca es el mismo 404 que lo que no existe."""
    if not puede:
        raise Http404


def periodo_pedido(request: HttpRequest) -> tuple[Periodo, str]:
    """El periodo de la dirección y, si no se entendió, por qué; entonces (o si no se dijo), el año en curso."""
    dicho = request.GET.get("periodo", "").replace("\0", "")[:LARGO_DE_PERIODO]
    este_anio = leer_periodo(f"{timezone.localdate().year:04d}")
    if not dicho:
        return este_anio, ""
    try:
        return leer_periodo(dicho), ""
    except PeriodoIlegible as error:
        return este_anio, str(error)


def vecinos(periodo: Periodo) -> list[tuple[str, str, bool]]:
    """Los periodos que conviene tener a un clic: (clave, rótulo, si es el que se ve)."""
    anios = [f"{a:04d}" for a in range(periodo.anio - 2, periodo.anio + 2)]
    de_este = [f"{periodo.anio:04d}-T{n}" for n in (1, 2, 3, 4)]
    claves = [*anios, *de_este, f"{periodo.anio:04d}-G"]
    return [(c, rotulo_corto(c), c == periodo.clave) for c in claves]


def rotulo_corto(clave: str) -> str:
    """«T3 de 2026», «Gobierno 2026»."""
    anio, guion, parte = clave.partition("-")
    if not guion:
        return anio
    return f"Gobierno {anio}" if parte == "G" else f"{parte} de {anio}"


def variacion(valor: Decimal | None, anterior: Decimal | None) -> Decimal | None:
    """Cuánto cambió respecto de un año antes, en porcentaje; None si no hay con qué comparar."""
    if valor is None or not anterior:
        return None
    return (100 * (valor - anterior) / anterior).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class Fila:
    """Un renglón de una lista como lo ve una persona. Lo que no le toca sólo cuenta: sin clave, título ni dirección."""

    contado: Any
    se_ve: bool
    direccion: str
    lugar: int


@dataclass(frozen=True)
class Pagina:
    """Una página de la lista de una cifra."""

    filas: Sequence[Fila]
    numero: int
    paginas: int
    total: int
    ocultos: int
    consulta: str

    @property
    def anterior(self) -> int:
        """La página de antes; 0 si no hay."""
        return self.numero - 1

    @property
    def siguiente(self) -> int:
        """La que sigue; 0 si no hay."""
        return self.numero + 1 if self.numero < self.paginas else 0


def numero_de_pagina(request: HttpRequest, total: int) -> tuple[int, int]:
    """La página pedida, dentro de las que hay, y cuántas hay."""
    paginas = max(1, -(-total // POR_PAGINA))
    dicho = request.GET.get("pagina", "1")
    numero = int(dicho) if dicho.isascii() and dicho.isdecimal() and len(dicho) < 9 else 1
    return min(max(numero, 1), paginas), paginas


def pagina_de(request: HttpRequest, renglones: Sequence[Any], donde: tuple[int, int, int], superficie: str) -> Pagina:
    """Los renglones de una página con lo que esa persona ve de ellos. `donde`: número, cuántas páginas, cuántos renglones."""
    numero, paginas, total = donde
    vistos = visibles(lector_de(request.user), renglones, superficie=superficie, usuario=request.user)  # type: ignore[arg-type]
    inicio = (numero - 1) * POR_PAGINA
    filas = [Fila(c, se_ve, direccion_de(c) if se_ve else "", inicio + n) for n, (c, _, se_ve) in enumerate(vistos, 1)]
    consulta = urlencode({c: v for c, v in request.GET.items() if c != "pagina"})
    return Pagina(filas, numero, paginas, total, sum(not f.se_ve for f in filas), consulta)


def direccion_de(contado: Any) -> str:
    """Dónde se abre lo contado."""
    if contado.clase == "item":
        return f"/elemento/{contado.clave}/"
    nombre = _PANTALLAS.get(contado.clase)
    return reverse(nombre, args=[contado.clave]) if nombre else ""
