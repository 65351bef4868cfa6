"""Con quién se sella: la autoridad de sellos de tiempo que configuró la institución, si alguna, y en qué raíces se confía."""

from collections.abc import Callable, Sequence
from typing import Any

from certificaciones.firma import SelloPendiente, confianza_de_la_casa, sellar_huella, sellos_de_la_casa
from certificaciones.registro.errores import SinSelloDeTiempo

Sellador = Callable[[bytes, str], bytes]
"""Pide un sello de una huella (bytes y nombre del algoritmo) y devuelve el token en DER; lanza `SinSelloDeTiempo`."""


def sellador_de_la_casa() -> Sellador | None:
    """Cómo pide sellos esta institución; nada si no configuró una autoridad de sellado."""
    autoridad = sellos_de_la_casa()
    if autoridad is None:
        return None

    def sellar(huella: bytes, algoritmo: str) -> bytes:
        try:
            return sellar_huella(huella, autoridad, algoritmo)
        except SelloPendiente as error:
            raise SinSelloDeTiempo(str(error)) from error

    return sellar


def raices_de_los_sellos() -> Sequence[Any]:
    """Los certificados en que debe terminar un sello de tiempo; vacía si no se configuraron."""
    return confianza_de_la_casa().raices_de_sellos
