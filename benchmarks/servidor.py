"""El motor de una medida: el embebido, un servidor que ya está en marcha, o uno que se arranca para ella."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servidores.motores import en_marcha

MOTORES = ("tantivy", "elasticsearch", "opensearch")


@contextmanager
def motor_en_marcha(motor: str, url: str | None, taller: Path) -> Iterator[tuple[str, int]]:
    """El nombre con que se abre el motor y el proceso que lo atiende (0, ninguno de esta máquina)."""
    if motor == "tantivy":
        yield motor, 0
    elif url:
        yield f"{motor}:{url}", 0
    else:
        with en_marcha(motor, taller) as servidor:
            yield servidor.ajuste, servidor.pid
