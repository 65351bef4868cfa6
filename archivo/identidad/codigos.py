"""Códigos que abren algo a quien los tiene: se dicen una vez y de ellos se guarda sólo la huella."""

import hashlib
import secrets

LARGO = 24


def codigo_nuevo() -> str:
    """Un código al azar (192 bits) que cabe en una dirección."""
    return secrets.token_urlsafe(LARGO)


def huella_de_codigo(codigo: str) -> str:
    """SHA-256 en hexadecimal: lo que se guarda y se busca."""
    return hashlib.sha256(codigo.encode()).hexdigest()
