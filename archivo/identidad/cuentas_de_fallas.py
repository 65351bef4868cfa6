"""Contar lo mismo varias veces en un plazo, en la memoria compartida de los procesos. `cache.incr` no sirve: repone su propio plazo."""

import time
from collections.abc import Sequence

from django.core.cache import cache

_PREFIJO = "cuenta:"


def contar(llave: str, ventana: int) -> int:
    """Una vez más; el plazo corre desde la primera, `ventana` segundos. Devuelve cuántas van."""
    ahora = time.time()
    cuenta, vence = cache.get(_PREFIJO + llave) or (0, ahora + ventana)
    cache.set(_PREFIJO + llave, (cuenta + 1, vence), max(1, round(vence - ahora)))
    return cuenta + 1


def cuentas_de(llaves: Sequence[str]) -> list[int]:
    """Cuántas van de cada una, en su orden."""
    halladas = cache.get_many([_PREFIJO + llave for llave in llaves])
    return [halladas.get(_PREFIJO + llave, (0, 0))[0] for llave in llaves]


def olvidar_cuenta(llave: str) -> None:
    """Empieza de cero."""
    cache.delete(_PREFIJO + llave)
