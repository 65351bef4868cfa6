"""Esperar a que algo sea cierto, con plazo: las pruebas no duermen un tiempo fijo."""

import time
from collections.abc import Callable


def hasta_que(condicion: Callable[[], object], plazo: float = 10.0, que: str = "la condición") -> None:
    """Pregunta hasta que `condicion()` sea cierta; AssertionError si pasa el plazo (segundos)."""
    limite = time.monotonic() + plazo
    while not condicion():
        if time.monotonic() > limite:
            raise AssertionError(f"Pasaron {plazo:g} s esperando {que}.")
        time.sleep(0.02)
