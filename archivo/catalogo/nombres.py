"""Cómo se comparan los nombres: sin mayúsculas, acentos ni puntuación.

La «ñ» sí se pliega: quien busca «munoz» quiere a Muñoz. El nombre que se guarda y se muestra nunca se altera.
"""

import re
import unicodedata

_PIEZAS = re.compile(r"\w+")
_VACIAS = frozenset({"de", "del", "la", "las", "el", "los", "y", "e", "da", "do", "van", "von"})
LARGO_DE_PALABRA = 40


def normal(nombre: str) -> str:
    """«Ángel  NÚÑEZ (hijo)» → «angel nunez hijo»."""
    sin_acentos = unicodedata.normalize("NFKD", nombre.casefold())
    return " ".join(_PIEZAS.findall("".join(c for c in sin_acentos if not unicodedata.combining(c))))


def palabras(nombre: str) -> tuple[str, ...]:
    """Las palabras de un nombre por las que se le busca, sin repetir y en su orden."""
    return tuple(dict.fromkeys(p[:LARGO_DE_PALABRA] for p in normal(nombre).split()))


def palabras_llenas(nombre: str) -> tuple[str, ...]:
    """Las que distinguen: sin artículos ni preposiciones, salvo que no haya otras."""
    todas = palabras(nombre)
    return tuple(p for p in todas if p not in _VACIAS) or todas


def limpio(nombre: str) -> str:
    """El nombre con los espacios recogidos y sin punto y coma, que separa un nombre de otro al escribirlos."""
    return " ".join(nombre.replace(";", ",").replace("\0", "").split())
