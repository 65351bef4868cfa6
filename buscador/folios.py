"""Buscar por folio: «123/2026», «No. 123», «boletín 45», «comunicado 12/2025». Lo exacto va primero."""

import re
from functools import lru_cache

from archivo.catalogo.puerta import SerieDeNumeracion, todos_los_tipos
from search import And, Boost, Node, Or, Range, Term, fold

PESO = 1000.0
_FOLIO = re.compile(
    r"(?P<nombre>[^\W\d_][^\d/:\"()*~]*?)??\s*(?P<marca>(?:no|n[úu]m|n[úu]mero)\.?\s*|n?[°º#]\s*)?(?P<numero>\d{1,6})(?:\s*/\s*(?P<anio>\d{4}))?",
    re.IGNORECASE,
)


def folio_de(texto: str) -> tuple[int, int | None] | None:
    """Número y año (si lo dice) de un texto que es sólo un folio; None si es otra cosa."""
    hallado = _FOLIO.fullmatch(" ".join(texto.split()))
    if hallado is None or not (hallado["nombre"] or hallado["marca"] or hallado["anio"]):
        return None
    return int(hallado["numero"]), int(hallado["anio"]) if hallado["anio"] else None


def consulta_con_folio(texto: str, consulta: Node | None) -> Node | None:
    """La consulta, con lo que tenga exactamente ese folio por delante; la misma si el texto no es un folio."""
    hallado = _FOLIO.fullmatch(" ".join(texto.split()))
    if hallado is None or consulta is None:
        return consulta
    nombre, anio = hallado["nombre"] or "", hallado["anio"]
    de_que = _de_que(nombre) if nombre else []
    if (nombre and not de_que) or not (nombre or hallado["marca"] or anio):
        return consulta
    numero = _igual("numero", hallado["numero"])
    partes = [numero, *([_igual("anio_folio", anio)] if anio else []), *de_que]
    return Or((Boost(And(tuple(partes)) if len(partes) > 1 else numero, PESO), consulta))


def _igual(campo: str, cifra: str) -> Range:
    return Range(campo, str(int(cifra)), str(int(cifra)))


def _de_que(nombre: str) -> list[Node]:
    """La serie o el tipo que esa palabra nombra; ninguno si no nombra nada del archivo (y entonces no es un folio)."""
    palabra = _doblada(nombre)
    series = {_doblada(n): n for n in SerieDeNumeracion.objects.values_list("nombre", flat=True)}
    if palabra in series:
        return [Term("serie", series[palabra])]
    return [Term("tipo", codigo) for nombrado, codigo in _tipos() if nombrado == palabra]


@lru_cache(maxsize=1)
def _tipos() -> tuple[tuple[str, str], ...]:
    return tuple((_doblada(t.nombre), t.codigo) for t in todos_los_tipos())


def _doblada(nombre: str) -> str:
    return " ".join(fold(p) for p in nombre.split())
