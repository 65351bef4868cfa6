"""pyHanko sólo trabaja con corrutinas; el resto de la casa, no."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def esperar[T](corrutina: Coroutine[Any, Any, T]) -> T:
    """El resultado de la corrutina; si este hilo ya tiene un bucle en marcha, se corre en otro."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(corrutina)
    with ThreadPoolExecutor(max_workers=1) as hilo:
        return hilo.submit(asyncio.run, corrutina).result()
