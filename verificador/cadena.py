"""La cadena de sellos de tiempo de un punto de control: el primero sella la nota; los demás renuevan al anterior antes de que venza.

Una renovación es un texto que nombra, con una segunda huella (SHA3-512), cada sello que renueva y todas las hojas del registro:
si un día SHA-256 dejara de servir, lo sellado antes sigue probado.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from verificador.prueba import Sello

ENCABEZADO = "acervo/renovacion@v1"


def segunda_huella(datos: bytes) -> str:
    """SHA3-512 en hexadecimal."""
    return hashlib.sha3_512(datos).hexdigest()


def segunda_huella_de_hojas(hojas: Iterable[str]) -> str:
    """SHA3-512 de las hojas del registro, cada una con su salto de renglón."""
    suma = hashlib.sha3_512()
    for hoja in hojas:
        suma.update(hoja.encode() + b"\n")
    return suma.hexdigest()


def texto_de_renovacion(origen: str, tamano: int, hojas: str, tokens: Iterable[bytes]) -> str:
    """Lo que se sella al renovar: el registro, su tamaño, la segunda huella de sus hojas y la de cada token renovado."""
    renglones = "".join(f"sello {segunda_huella(token)}\n" for token in tokens)
    return f"{ENCABEZADO}\n{origen}\n{tamano}\nhojas {hojas}\n{renglones}"


def fallas_de_renovacion(texto: str, primeras: Callable[[int], Iterable[str]]) -> list[str]:
    """Por qué lo que selló una renovación no son esas hojas; `primeras(n)` da las n primeras del registro. Vacía si lo son."""
    renglones = texto.splitlines()
    if renglones[:1] != [ENCABEZADO] or len(renglones) < 4 or not (renglones[2].isascii() and renglones[2].isdigit()):
        return ["una renovación de sus sellos no se entiende"]
    if renglones[3] == f"hojas {segunda_huella_de_hojas(primeras(int(renglones[2])))}":
        return []
    return ["las hojas no tienen la segunda huella (SHA3-512) que selló la renovación"]


def fallas_de_enlace(nota: str, sellos: Sequence[Sello], lecturas: Sequence[tuple[datetime, datetime]]) -> list[str]:
    """Por qué los sellos no forman una cadena desde la nota; `lecturas` son (hora, vencimiento) de cada uno. Vacía si la forman."""
    fallas = []
    if sellos and sellos[0].texto != nota:
        fallas.append("el primer sello de tiempo no es del punto de control")
    for lugar in range(1, len(sellos)):
        renglones = sellos[lugar].texto.splitlines()
        if renglones[:1] != [ENCABEZADO] or f"sello {segunda_huella(sellos[lugar - 1].token)}" not in renglones:
            fallas.append(f"el sello {lugar + 1} no renueva al {lugar}")
        if lecturas[lugar][0] > lecturas[lugar - 1][1]:
            fallas.append(f"el sello {lugar + 1} se puso cuando el {lugar} ya había vencido")
    return fallas
