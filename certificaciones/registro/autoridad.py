"""Con quién se sella: la autoridad de sellos de tiempo que configuró la institución, si alguna."""

from collections.abc import Callable

Sellador = Callable[[bytes, str], bytes]
"""Pide un sello de una huella (bytes y nombre del algoritmo) y devuelve el token en DER; lanza `SinSelloDeTiempo`."""


def sellador_de_la_casa() -> Sellador | None:
    """Cómo pide sellos esta institución; nada si no configuró una autoridad de sellado."""
    return None
