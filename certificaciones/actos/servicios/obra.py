"""Las carpetas donde se trabaja: la obra de cada emisión y el borrador que se coteja. Nada de ahí es parte del archivo."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from certificaciones.actos.models import Certificacion

OLVIDO = 3600
"""Segundos tras los que la obra de una emisión interrumpida se borra."""


def carpeta() -> Path:
    """La carpeta de trabajo de las certificaciones, sólo para la cuenta del archivo."""
    raiz = Path(settings.ACERVO_DATOS) / "certificaciones"
    raiz.mkdir(mode=0o700, parents=True, exist_ok=True)
    return raiz


def carpeta_de(testigo: str) -> Path:
    """La de una emisión; se crea."""
    obra = carpeta() / "obra" / testigo
    obra.mkdir(mode=0o700, parents=True, exist_ok=True)
    return obra


def quitar(testigo: str) -> None:
    """Borra la obra de una emisión terminada o abandonada."""
    shutil.rmtree(carpeta() / "obra" / testigo, ignore_errors=True)


@contextmanager
def obra_de(testigo: str) -> Iterator[Path]:
    """La carpeta de una emisión mientras dura el bloque."""
    try:
        yield carpeta_de(testigo)
    finally:
        quitar(testigo)


def barrer() -> int:
    """Borra lo que dejaron las emisiones que murieron a la mitad; devuelve cuántas eran."""
    limite, borradas = time.time() - OLVIDO, 0
    for vieja in (carpeta() / "obra").glob("*"):
        if vieja.stat().st_mtime < limite:
            shutil.rmtree(vieja, ignore_errors=True)
            borradas += 1
    return borradas


def ruta_de_borrador(certificacion: Certificacion) -> Path:
    """El PDF foliado, marcado como borrador, que se compara en el cotejo."""
    borradores = carpeta() / "borradores"
    borradores.mkdir(mode=0o700, exist_ok=True)
    return borradores / f"{certificacion.clave}.pdf"
