"""Los rangos de páginas como se escriben: «1-3, 7»."""

import re

from certificaciones.actos.errores import ActoRechazado

_TRAMO = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


def leer_paginas(escrito: str) -> tuple[int, ...] | None:
    """«1-3, 7» son las páginas 1, 2, 3 y 7, en ese orden; «» son todas (None). `ActoRechazado` si no se entiende."""
    if not escrito.strip():
        return None
    paginas: list[int] = []
    for parte in escrito.split(","):
        tramo = _TRAMO.fullmatch(parte.strip())
        desde, hasta = (int(tramo[1]), int(tramo[2] or tramo[1])) if tramo else (0, 0)
        if not 1 <= desde <= hasta or hasta - desde > 100_000:
            raise ActoRechazado(f"No se entiende «{parte.strip()}»: escriba las páginas como 1-10 o 1-3, 7, de menor a mayor.")
        paginas.extend(range(desde, hasta + 1))
    if len(set(paginas)) != len(paginas):
        raise ActoRechazado(f"En «{escrito}» hay páginas repetidas.")
    return tuple(paginas)


def paginas_escritas(paginas: list[int] | tuple[int, ...] | None) -> str:
    """(1, 2, 3, 7) se escribe «1-3, 7»; None, «»."""
    tramos: list[list[int]] = []
    for n in paginas or ():
        if tramos and n == tramos[-1][-1] + 1:
            tramos[-1] = [tramos[-1][0], n]
        else:
            tramos.append([n])
    return ", ".join("-".join(map(str, t)) for t in tramos)
