"""Qué queda en la bitácora cuando el motor no contesta: un renglón por clase de falla y por minuto, no uno por cada visita."""

import logging
import time
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock

ENTRE_RENGLONES = 60.0
"""Segundos entre dos renglones de la misma falla."""


@dataclass
class _Cuenta:
    desde: float
    calladas: int = 0


type _Clase = tuple[str, str, type]
_CUENTAS: dict[_Clase, _Cuenta] = {}
CLASES = 1_000
"""Las que se recuerdan a la vez; de más, se empieza de nuevo."""
_TURNO = Lock()


class UnaPorMinuto(logging.Filter):
    """Lo que Django anota de cada respuesta 503: de una misma dirección, una vez por minuto. El porqué ya se anotó aparte."""

    def filter(self, record: logging.LogRecord) -> bool:
        """¿Se escribe?"""
        if getattr(record, "status_code", None) != HTTPStatus.SERVICE_UNAVAILABLE:
            return True
        return _por_decir((record.name, record.getMessage(), type(self))) is not None


def anotar_falla(bitacora: logging.Logger, que: str, error: BaseException) -> None:
    """Anota en un renglón qué no se pudo hacer y por qué; la misma falla, a lo más cada `ENTRE_RENGLONES`, diciendo cuántas iban.

    `que`: una frase fija, sin nada de lo que se buscaba. El rastro completo, de cada una, sólo a nivel de depuración.
    """
    bitacora.debug("%s", que, exc_info=error)
    calladas = _por_decir((bitacora.name, que, type(error)))
    if calladas is None:
        return
    otras = f" Iban otras {calladas:,} iguales sin anotar." if calladas else ""
    bitacora.warning("%s (%s): %s%s", que, type(error).__name__, " ".join(str(error).split()), otras)


def _por_decir(clase: _Clase) -> int | None:
    """Cuántas iguales se callaron desde el último renglón; None si a ésta le toca callarse."""
    ahora = time.monotonic()
    with _TURNO:
        cuenta = _CUENTAS.get(clase)
        if cuenta is not None and ahora - cuenta.desde < ENTRE_RENGLONES:
            cuenta.calladas += 1
            return None
        if len(_CUENTAS) >= CLASES:
            _CUENTAS.clear()
        _CUENTAS[clase] = _Cuenta(ahora)
    return cuenta.calladas if cuenta else 0
