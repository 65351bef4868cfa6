"""Rangos de páginas como los escribe una persona: «1-3, 7»."""

import re

from certificaciones.solicitudes.errores import SolicitudRechazada

_TRAMO = re.compile(r"(\d{1,5})(?:\s*[-–—a]\s*(\d{1,5}))?")
_EJEMPLO = "Escríbalas como 1-3, 7."


def leer_paginas(texto: str, total: int | None = None) -> tuple[int, ...] | None:
    """Las páginas, en orden y sin repetir; None si el texto está vacío: todas.

    Raises:
        SolicitudRechazada: no se entiende, o pide una página que el documento no tiene.
    """
    if not texto.strip():
        return None
    paginas: set[int] = set()
    for tramo in re.split(r"[,;]", texto):
        hallado = _TRAMO.fullmatch(tramo.strip())
        if hallado is None:
            raise SolicitudRechazada(f"No entendemos las páginas «{texto[:60]}». {_EJEMPLO}")
        desde, hasta = int(hallado[1]), int(hallado[2] or hallado[1])
        if not 1 <= desde <= hasta:
            raise SolicitudRechazada(f"En «{tramo.strip()}» la primera página va antes que la última. {_EJEMPLO}")
        if total is not None and hasta > total:
            raise SolicitudRechazada(f"El documento tiene {total} páginas; no hay una página {hasta}.")
        paginas.update(range(desde, hasta + 1))
    return tuple(sorted(paginas))


def escribir_paginas(paginas: tuple[int, ...]) -> str:
    """«1-3, 7»."""
    tramos: list[list[int]] = []
    for n in paginas:
        if tramos and tramos[-1][-1] == n - 1:
            tramos[-1].append(n)
        else:
            tramos.append([n])
    return ", ".join(str(t[0]) if len(t) == 1 else f"{t[0]}-{t[-1]}" for t in tramos)
