"""Claves permanentes de los elementos: opacas, sin vocales (no forman palabras) y con signo de control.

El alfabeto y el dígito de control son los del verificador NOID (Kunze, «NOID check digit algorithm»), los mismos de los
identificadores ARK: una letra equivocada o dos vecinas cambiadas se notan.
"""

import secrets

ALFABETO = "0123456789bcdfghjkmnpqrstvwxz"
LARGO = 12


def signo_de_control(cuerpo: str) -> str:
    """El signo NOID del cuerpo: suma ponderada por la posición, módulo 29."""
    return ALFABETO[sum(i * ALFABETO.index(c) for i, c in enumerate(cuerpo, 1)) % len(ALFABETO)]


def nueva(largo: int = LARGO) -> str:
    """Una clave de doce signos (o los que se pidan, de 4 a 28); la unicidad la garantiza la base."""
    cuerpo = "".join(secrets.choice(ALFABETO) for _ in range(largo - 1))
    return cuerpo + signo_de_control(cuerpo)


def es_valida(clave: str) -> bool:
    """¿Está bien escrita? No dice que exista."""
    return len(clave) == LARGO and all(c in ALFABETO for c in clave) and signo_de_control(clave[:-1]) == clave[-1]
