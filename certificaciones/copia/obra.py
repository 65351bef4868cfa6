"""La carpeta pasajera donde se arma una copia: junto a los datos, cerrada a otros y sin restos de lo que se interrumpió."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

CARPETA = "copias-en-obra"
UN_DIA = 86_400


def _barrer(raiz: Path) -> None:
    """Borra lo que dejó un proceso que murió: lo que lleva más de un día."""
    limite = time.time() - UN_DIA
    for resto in raiz.iterdir():
        if resto.lstat().st_mtime < limite:
            shutil.rmtree(resto, ignore_errors=True)


@contextmanager
def en_obra() -> Iterator[Path]:
    """Una carpeta propia que se borra al terminar. Está en ACERVO_DATOS: una copia grande no cabe en cualquier carpeta temporal."""
    raiz = Path(settings.ACERVO_DATOS) / CARPETA
    raiz.mkdir(mode=0o700, parents=True, exist_ok=True)
    _barrer(raiz)
    with TemporaryDirectory(dir=raiz) as carpeta:
        yield Path(carpeta)
