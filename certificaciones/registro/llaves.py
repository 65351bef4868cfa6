"""La llave Ed25519 con que cada registro firma sus puntos de control: suya, nunca la de una persona.

Se crea la primera vez que hace falta, en `ACERVO_DATOS/llaves` y sólo legible para la cuenta del archivo. El origen (el nombre
del registro ante el mundo) queda escrito con ella: cambiar después la dirección del sitio no cambia de registro.
"""

import base64
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from certificaciones.registro.errores import ErrorDeRegistro, LlavePerdida
from certificaciones.registro.models import PuntoDeControl
from verificador.nota import ALGORITMO, Llave, linea_de_firma

ENCABEZADO = "PRIVATE+KEY+"
MODO = 0o600


@dataclass(frozen=True)
class LlaveDeRegistro:
    """La llave privada de un registro y el nombre con que firma."""

    nombre: str
    privada: Ed25519PrivateKey

    @property
    def publica(self) -> Llave:
        """La llave que se publica y con la que cualquiera comprueba."""
        return Llave(self.nombre, self.privada.public_key().public_bytes_raw())

    def firmar(self, texto: str) -> str:
        """La nota: el texto, una línea en blanco y la firma."""
        return f"{texto}\n{linea_de_firma(self.publica, self.privada.sign(texto.encode()))}"


def ruta_de(registro: str) -> Path:
    """Dónde vive la llave privada de un registro."""
    return Path(settings.ACERVO_DATOS) / "llaves" / f"registro-{registro}.llave"


def _como_texto(llave: LlaveDeRegistro) -> str:
    semilla = base64.b64encode(ALGORITMO + llave.privada.private_bytes_raw()).decode()
    return f"{ENCABEZADO}{llave.nombre}+{llave.publica.identificador.hex()}+{semilla}\n"


def _leer(ruta: Path) -> LlaveDeRegistro:
    texto = ruta.read_text().strip()
    nombre, _, resto = texto.removeprefix(ENCABEZADO).partition("+")
    identificador, _, semilla = resto.partition("+")
    try:
        llave = LlaveDeRegistro(nombre, Ed25519PrivateKey.from_private_bytes(base64.b64decode(semilla)[1:]))
    except ValueError as error:
        raise LlavePerdida(f"La llave {ruta.name} está dañada: repóngala desde el respaldo de la carpeta «llaves».") from error
    if llave.publica.identificador.hex() != identificador:
        raise LlavePerdida(f"La llave {ruta.name} no es la que dice ser: repóngala desde el respaldo de la carpeta «llaves».")
    return llave


def _crear(ruta: Path, registro: str) -> None:
    """Escribe una llave nueva de un solo golpe: dos procesos a la vez terminan con la misma, y nunca con media."""
    nombre = f"{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or 'acervo'}/registro/{registro}"
    try:
        ruta.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, parcial = tempfile.mkstemp(dir=ruta.parent)
        with os.fdopen(descriptor, "w") as archivo:
            os.fchmod(descriptor, MODO)
            archivo.write(_como_texto(LlaveDeRegistro(nombre, Ed25519PrivateKey.generate())))
            archivo.flush()
            os.fsync(descriptor)
        try:
            os.link(parcial, ruta)
        except FileExistsError:
            return
        finally:
            Path(parcial).unlink()
    except OSError as error:
        raise ErrorDeRegistro(f"No se puede escribir en {ruta.parent}: {error.strerror}. Revise permisos y espacio.") from error


def llave_de(registro: str) -> LlaveDeRegistro:
    """La llave del registro, creada si nunca firmó nada. `LlavePerdida` si ya firmó y no está: no se inventa otra."""
    ruta = ruta_de(registro)
    if not ruta.exists():
        if PuntoDeControl.objects.filter(registro=registro).exists():
            raise LlavePerdida(
                f"Falta la llave {ruta.name}, con la que el registro ya firmó. Repóngala desde el respaldo de la carpeta «llaves»."
            )
        _crear(ruta, registro)
    return _leer(ruta)


def llave_publica(registro: str) -> str:
    """La llave pública del registro en una línea (`nombre+identificador+base64`): con ella cualquiera comprueba.

    La pide cualquiera en páginas públicas: la privada no se vuelve a abrir mientras su archivo sea el mismo.
    """
    try:
        visto = ruta_de(registro).stat()
    except FileNotFoundError:
        return llave_de(registro).publica.como_texto()
    return _publica_de(ruta_de(registro), (visto.st_ino, visto.st_mtime_ns, visto.st_size))


@lru_cache(maxsize=8)
def _publica_de(ruta: Path, _como_esta: tuple[int, int, int]) -> str:
    return _leer(ruta).publica.como_texto()
