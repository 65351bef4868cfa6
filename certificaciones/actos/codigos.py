"""Los códigos con que se consulta una copia: sin relación con el folio, sin signos que se confundan, en grupos de cuatro.

El alfabeto es el de Crockford (base 32): sin I, L, O ni U; quien teclee una O o una I llega al mismo lugar.
"""

import secrets

from django.contrib.auth.hashers import check_password, make_password

ALFABETO = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LARGO = 16
"""Dieciséis signos de cinco bits: 80 bits al azar."""
LARGO_DEL_SEGUNDO = 10
_CONFUNDIBLES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def nuevo(largo: int = LARGO) -> str:
    """Un código al azar, sin guiones."""
    return "".join(secrets.choice(ALFABETO) for _ in range(largo))


def normalizar(escrito: str) -> str:
    """Lo que alguien tecleó o leyó, como se guarda: mayúsculas, sin guiones ni espacios; «» si no es un código."""
    llano = "".join(c for c in escrito.upper() if c.isalnum()).translate(_CONFUNDIBLES)
    return llano if len(llano) <= 2 * LARGO and all(c in ALFABETO for c in llano) else ""


def en_grupos(codigo: str) -> str:
    """`7K4QFW2M9XD0HT6R` se imprime `7K4Q-FW2M-9XD0-HT6R`."""
    return "-".join(codigo[i : i + 4] for i in range(0, len(codigo), 4))


def huella_del_segundo(codigo: str) -> str:
    """La huella lenta y con sal del segundo código, que es lo único que se guarda de él."""
    return make_password(normalizar(codigo))


def es_el_segundo(escrito: str, huella: str) -> bool:
    """¿Es ése el segundo código? Tarda lo mismo acierte o no."""
    return bool(huella) and check_password(normalizar(escrito), huella)
