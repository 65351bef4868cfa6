"""Lo que suele fallar al operar un archivo, dicho de modo que una persona pueda actuar."""

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError

INUTILIZABLE = 2

_POR_ERRNO = {
    errno.ENOSPC: "No queda espacio en el disco de {lugar}. Libere espacio y repita la orden; lo hecho hasta aquí se conserva.",
    errno.EDQUOT: "Se agotó la cuota de disco en {lugar}. Libere espacio y repita la orden.",
    errno.EACCES: "No hay permiso para escribir en {lugar}. Cambie los permisos o elija otra carpeta con ACERVO_DATOS.",
    errno.EPERM: "No hay permiso para escribir en {lugar}. Cambie los permisos o elija otra carpeta con ACERVO_DATOS.",
    errno.EROFS: "{lugar} está en un disco de sólo lectura. Elija otra carpeta con ACERVO_DATOS.",
}
_FALTAN_TABLAS = ("no such table", "no such column", 'relation "', 'column "')
_SIN_PREPARAR = (
    "En {lugar} no hay un archivo preparado para esta versión. Corra primero «python manage.py preparar», o revise ACERVO_DATOS "
    "y ACERVO_BASE si el archivo está en otra parte."
)
_POR_BASE = {
    "disk is full": _POR_ERRNO[errno.ENOSPC],
    "no space left": _POR_ERRNO[errno.ENOSPC],
    "readonly database": _POR_ERRNO[errno.EACCES],
    "unable to open database": _POR_ERRNO[errno.EACCES],
    "connection refused": "La base de datos no contesta ({error}). Compruebe que esté en marcha y la dirección en ACERVO_BASE.",
    "connection failed": "No se pudo entrar a la base de datos ({error}). Revise ACERVO_BASE.",
    "database is locked": "Otro proceso ocupa la base de datos. Espere a que termine y repita la orden.",
}


def de_sistema(error: OSError) -> str | None:
    """La frase de un error del sistema de archivos, o None si no es de los previstos."""
    frase = _POR_ERRNO.get(error.errno or 0)
    return frase.format(lugar=error.filename or settings.ACERVO_DATOS) if frase else None


def de_base(error: DatabaseError) -> str | None:
    """La frase de un error de la base de datos, o None si no es de los previstos."""
    texto = str(error).lower()
    frase = next((f for senal, f in _POR_BASE.items() if senal in texto), None)
    return frase.format(lugar=settings.ACERVO_DATOS, error=str(error).splitlines()[0]) if frase else None


def sin_preparar(error: DatabaseError) -> str | None:
    """La frase de un archivo sin sus tablas: carpeta equivocada, nunca preparado o de otra versión. None si es otra cosa."""
    faltan = any(senal in str(error).lower() for senal in _FALTAN_TABLAS)
    return _SIN_PREPARAR.format(lugar=settings.ACERVO_DATOS) if faltan else None


@contextmanager
def claras() -> Iterator[None]:
    """Convierte lo previsto en una sola frase y salida 2; lo imprevisto sigue su camino con su traza."""
    try:
        yield
    except OSError as error:
        frase = de_sistema(error)
        if frase is None:
            raise
        raise CommandError(frase, returncode=INUTILIZABLE) from error
    except DatabaseError as error:
        frase = de_base(error)
        if frase is None:
            raise
        raise CommandError(frase, returncode=INUTILIZABLE) from error


def exigir_puerto_libre(anfitrion: str, puerto: int) -> None:
    """Lanza CommandError si otro programa atiende ya en ese puerto."""
    familia = socket.AF_INET6 if ":" in anfitrion else socket.AF_INET
    try:
        with socket.socket(familia, socket.SOCK_STREAM) as zocalo:
            zocalo.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            zocalo.bind((anfitrion, puerto))
    except OverflowError as error:
        raise CommandError(f"{puerto} no es un puerto: use un número de 1 a 65535.", returncode=INUTILIZABLE) from error
    except OSError as error:
        motivos = {
            errno.EADDRINUSE: f"El puerto {puerto} está ocupado por otro programa. Use otro: PUERTO={puerto + 1} make demo",
            errno.EACCES: f"No hay permiso para abrir el puerto {puerto}. Use uno mayor que 1023, por ejemplo PUERTO=8000.",
            errno.EADDRNOTAVAIL: f"Esta máquina no tiene la dirección {anfitrion}. Use 127.0.0.1, o 0.0.0.0 para todas.",
        }
        frase = motivos.get(error.errno or 0, f"No se puede atender en {anfitrion}:{puerto}: {error.strerror or error}.")
        raise CommandError(frase, returncode=INUTILIZABLE) from error
