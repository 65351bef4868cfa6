"""Contar lo mismo varias veces en un plazo, en la memoria compartida de los procesos. `cache.incr` no sirve: repone su propio plazo.

La memoria en archivos no sabe sumar: lee y escribe aparte, y dos procesos a la vez escribirían la misma suma. Por eso cada cuenta
se lleva con un candado del sistema, que también separa los hilos y se suelta solo si el proceso muere.
"""

import fcntl
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

_PREFIJO = "cuenta:"
_CANDADOS = 16
"""Entre cuántos se reparten las llaves, para que un lugar que insiste no haga esperar a los demás."""


@contextmanager
def _a_solas(llave: str) -> Iterator[None]:
    carpeta = Path(settings.ACERVO_DATOS) / "candados"
    carpeta.mkdir(parents=True, exist_ok=True)
    with (carpeta / f"cuentas-{zlib.crc32(llave.encode()) % _CANDADOS}").open("a") as candado:
        fcntl.flock(candado, fcntl.LOCK_EX)
        yield


def contar(llave: str, ventana: int) -> int:
    """Una vez más; el plazo corre desde la primera, `ventana` segundos. Devuelve cuántas van: dos a la vez nunca dan la misma."""
    with _a_solas(llave):
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
    with _a_solas(llave):
        cache.delete(_PREFIJO + llave)
