"""Notas firmadas y puntos de control: los formatos de texto `signed-note` y `tlog-checkpoint` de C2SP.

Un punto de control dice, firmado por el registro: «yo, ORIGEN, tengo TAMAÑO hojas y ésta es la raíz de su árbol».
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from verificador import ed25519

Comprobador = Callable[[bytes, bytes, bytes], bool]
RAYA = "— "
ALGORITMO = b"\x01"
"""El número con que C2SP nombra a Ed25519."""


class TextoInvalido(Exception):
    """Una prueba, una nota o una llave no tienen la forma debida; el mensaje dice cuál y en qué."""


@dataclass(frozen=True)
class Llave:
    """La llave pública de un registro: su nombre (el origen) y 32 bytes de Ed25519."""

    nombre: str
    publica: bytes

    @property
    def identificador(self) -> bytes:
        """Los cuatro bytes con que una firma dice de qué llave es."""
        return hashlib.sha256(self.nombre.encode() + b"\n" + ALGORITMO + self.publica).digest()[:4]

    def como_texto(self) -> str:
        """La llave en una línea: `nombre+identificador+base64`."""
        return f"{self.nombre}+{self.identificador.hex()}+{base64.b64encode(ALGORITMO + self.publica).decode()}"


@dataclass(frozen=True)
class PuntoDeControl:
    """Lo que el registro afirma de sí: cuántas hojas tiene y la raíz de su árbol (32 bytes)."""

    origen: str
    tamano: int
    raiz: bytes

    def como_texto(self) -> str:
        """Las tres líneas que se firman."""
        return f"{self.origen}\n{self.tamano}\n{base64.b64encode(self.raiz).decode()}\n"


def de_base64(texto: str, que: str) -> bytes:
    """Bytes de base64 estricto; si no lo es, `TextoInvalido` con `que` se leía."""
    try:
        return base64.b64decode(texto, validate=True)
    except (binascii.Error, ValueError) as error:
        raise TextoInvalido(f"{que}: no es base64.") from error


def leer_llave(texto: str) -> Llave:
    """La llave escrita en una línea; comprueba que su identificador es el suyo."""
    partes = texto.strip().split("+", 2)
    if len(partes) != 3:
        raise TextoInvalido("La llave no tiene la forma nombre+identificador+base64. Cópiela completa, en una sola línea.")
    datos = de_base64(partes[2], "La llave")
    llave = Llave(partes[0], datos[1:])
    if datos[:1] != ALGORITMO or len(datos) != 33 or llave.identificador.hex() != partes[1]:
        raise TextoInvalido("La llave está incompleta o no es Ed25519: vuelva a copiarla.")
    return llave


def linea_de_firma(llave: Llave, firma: bytes) -> str:
    """La línea con que termina una nota firmada."""
    return f"{RAYA}{llave.nombre} {base64.b64encode(llave.identificador + firma).decode()}\n"


def _separar(nota: str) -> tuple[str, list[str]]:
    texto, corte, firmas = nota.rpartition("\n\n")
    if not corte or not firmas.endswith("\n"):
        raise TextoInvalido("La nota no trae firmas: falta la línea en blanco o el último renglón.")
    return texto + "\n", firmas.splitlines()


def leer_punto(nota: str) -> PuntoDeControl:
    """Lo que dice un punto de control, sin comprobar su firma."""
    texto, _ = _separar(nota)
    lineas = texto.split("\n")
    if len(lineas) < 4 or not lineas[0] or not lineas[1].isascii() or not lineas[1].isdigit():
        raise TextoInvalido("El punto de control debe decir origen, tamaño y raíz, en tres renglones.")
    raiz = de_base64(lineas[2], "La raíz del punto de control")
    if len(raiz) != 32 or str(int(lineas[1])) != lineas[1]:
        raise TextoInvalido("El punto de control trae un tamaño o una raíz que no pueden ser.")
    return PuntoDeControl(lineas[0], int(lineas[1]), raiz)


def esta_firmada(nota: str, llave: Llave, comprobar: Comprobador = ed25519.es_firma_de) -> bool:
    """¿Alguna firma de la nota es de esa llave? Las de otros (testigos) no estorban."""
    texto, firmas = _separar(nota)
    return any(_es_suya(linea, llave, texto.encode(), comprobar) for linea in firmas)


def _es_suya(linea: str, llave: Llave, texto: bytes, comprobar: Comprobador) -> bool:
    prefijo = f"{RAYA}{llave.nombre} "
    if not linea.startswith(prefijo):
        return False
    datos = de_base64(linea[len(prefijo) :], "Una firma de la nota")
    return datos[:4] == llave.identificador and comprobar(llave.publica, datos[4:], texto)


def camino_en_texto(camino: Sequence[bytes]) -> str:
    """Un camino de huellas, una por renglón en base64."""
    return "".join(f"{base64.b64encode(paso).decode()}\n" for paso in camino)


def leer_camino(texto: str) -> list[bytes]:
    """Las huellas de un camino; cada una de 32 bytes."""
    camino = [de_base64(linea, "El camino de la prueba") for linea in texto.splitlines()]
    if any(len(paso) != 32 for paso in camino):
        raise TextoInvalido("El camino de la prueba trae una huella que no mide 32 bytes.")
    return camino
