"""Dónde están los bytes: un puerto pequeño y su versión en carpeta local.

Escritura: `*.parcial` en el mismo sistema de archivos, SHA-256 mientras se escribe, fsync, renombrar, fsync de la carpeta.
Nada incompleto tiene nunca el nombre final, ni con el disco lleno ni con el proceso muerto a la mitad.
"""

import contextlib
import errno
import hashlib
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

TROZO = 1024 * 1024
DIA = 86400
SHA256 = re.compile(r"[0-9a-f]{64}")


SIN_ESPACIO = "No hay espacio en el disco del archivo. Libere espacio y repita; no quedó nada a medias."


class SinEspacio(Exception):
    """No cabe el archivo en el disco (o pasa de la cuota). Libere espacio y repita: no quedó nada a medias."""


class ObjetoAusente(Exception):
    """El depósito no tiene esos bytes. Avise a quien administra: hay que restaurarlos del respaldo."""


@dataclass(frozen=True)
class Escrito:
    """Bytes ya completos en un parcial, todavía sin nombre final."""

    ruta: Path
    sha256: str
    bytes: int


class Deposito(Protocol):
    """Lo que el archivo pide a un lugar de bytes; la carpeta local es uno, un S3 puede ser otro."""

    def guardar(self, origen: BinaryIO) -> Escrito:
        """Guarda y devuelve sha256, tamaño y ruta final."""
        ...

    def abrir(self, sha256: str) -> BinaryIO:
        """Abre para leer; `ObjetoAusente` si no está."""
        ...

    def ruta_local(self, sha256: str) -> Path:
        """Una ruta de sólo lectura que otro proceso puede abrir."""
        ...

    def nombres(self) -> Iterator[list[str]]:
        """Todos los nombres, por grupos pequeños."""
        ...


def fsync_de_carpeta(carpeta: Path) -> None:
    """Fija en disco el directorio: sin esto, un corte de luz puede deshacer el renombrado."""
    descriptor = os.open(carpeta, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def espacio_a_la_vista() -> Iterator[None]:
    """Un disco lleno, dicho como `SinEspacio`."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise SinEspacio(SIN_ESPACIO) from error
        raise


@contextlib.contextmanager
def _sin_restos(parcial: Path) -> Iterator[None]:
    try:
        with espacio_a_la_vista():
            yield
    except BaseException:
        parcial.unlink(missing_ok=True)
        raise


def escribir_parcial(origen: BinaryIO, carpeta: Path) -> Escrito:
    """Copia `origen` a un `*.parcial` de la carpeta, con su SHA-256 y fsync. Quien llama lo renombra o lo borra."""
    carpeta.mkdir(parents=True, exist_ok=True)
    parcial = carpeta / f"{uuid.uuid4().hex}.parcial"
    suma, total = hashlib.sha256(), 0
    with _sin_restos(parcial), parcial.open("xb") as destino:
        while trozo := origen.read(TROZO):
            suma.update(trozo)
            total += len(trozo)
            destino.write(trozo)
        destino.flush()
        os.fsync(destino.fileno())
    return Escrito(parcial, suma.hexdigest(), total)


def dar_nombre(parcial: Path, final: Path) -> None:
    """Renombra de un golpe y fija las carpetas en disco; el archivo queda de sólo lectura."""
    final.parent.mkdir(parents=True, exist_ok=True)
    parcial.chmod(0o440)
    parcial.replace(final)
    fsync_de_carpeta(final.parent)
    fsync_de_carpeta(final.parent.parent)


def barrer_parciales(carpeta: Path, antiguedad: float = DIA) -> int:
    """Borra los parciales que un proceso muerto dejó hace más de `antiguedad` segundos. Devuelve cuántos."""
    limite, barridos = time.time() - antiguedad, 0
    for resto in carpeta.glob("*.parcial") if carpeta.is_dir() else ():
        with contextlib.suppress(FileNotFoundError):
            if resto.stat().st_mtime < limite:
                resto.unlink()
                barridos += 1
    return barridos


class DepositoLocal:
    """Una carpeta `ab/cd/<sha256>`; los parciales viven en `.parciales`, en el mismo sistema de archivos."""

    def __init__(self, raiz: Path) -> None:
        self.raiz = raiz
        self.parciales = raiz / ".parciales"

    def ruta(self, sha256: str) -> Path:
        """Dónde va ese contenido, esté o no."""
        if not SHA256.fullmatch(sha256):
            raise ObjetoAusente("Eso no es un SHA-256: son 64 cifras hexadecimales en minúscula.")
        return self.raiz / sha256[:2] / sha256[2:4] / sha256

    def guardar(self, origen: BinaryIO) -> Escrito:
        """Guarda el contenido; si ya estaba completo, se queda el que estaba."""
        escrito = escribir_parcial(origen, self.parciales)
        final = self.ruta(escrito.sha256)
        if final.is_file() and final.stat().st_size == escrito.bytes:
            escrito.ruta.unlink()
        else:
            with _sin_restos(escrito.ruta):
                dar_nombre(escrito.ruta, final)
        return Escrito(final, escrito.sha256, escrito.bytes)

    def abrir(self, sha256: str) -> BinaryIO:
        """Abre para leer."""
        return self.ruta_local(sha256).open("rb")

    def ruta_local(self, sha256: str) -> Path:
        """La ruta del archivo; `ObjetoAusente` si falta."""
        ruta = self.ruta(sha256)
        if not ruta.is_file():
            raise ObjetoAusente(f"Falta el original {sha256[:12]}… en el depósito. Restáurelo del respaldo.")
        return ruta

    def nombres(self) -> Iterator[list[str]]:
        """Los nombres, carpeta por carpeta y en orden; memoria constante."""
        for primera in sorted(self.raiz.glob("[0-9a-f][0-9a-f]")):
            for segunda in sorted(primera.iterdir()):
                yield sorted(p.name for p in segunda.iterdir()) if segunda.is_dir() else [segunda.name]

    def espacio_libre(self) -> int:
        """Bytes libres donde se guardan los originales."""
        self.raiz.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.raiz).free


def deposito() -> DepositoLocal:
    """El depósito de esta instalación (`ACERVO_OBJETOS`; hoy sólo `local`)."""
    return DepositoLocal(Path(settings.ACERVO_DATOS) / "objetos")
