"""Sin motor de búsqueda: las palabras del título, preguntadas a la base. Es lo bastante para hallar el documento que ya se conoce.

Se busca entre lo más reciente, para que la base no recorra un archivo entero cuando más se la necesita.
"""

import re
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Lookup, QuerySet

from archivo.catalogo.puerta import Item
from search import fold

RECIENTES = 100_000
CANDIDATOS = 20_000
PALABRAS = 6
_SIN_VOCALES = str.maketrans(dict.fromkeys("aeiouáéíóúüàèìòùâêîôûnñ%\\", "_"))
_SIGNOS = "\"'()*~-.,;:¿?¡!«»“”"
_LETRAS_MARCADAS = range(0xC0, 0x250)


@CharField.register_lookup
class Como(Lookup):
    """`campo__como=patrón`: LIKE sin distinguir mayúsculas; `%` y `_` son comodines."""

    lookup_name = "como"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """El SQL de cada base."""
        izquierda, de_izquierda = self.process_lhs(compiler, connection)
        derecha, de_derecha = self.process_rhs(compiler, connection)
        orden = "ILIKE" if connection.vendor == "postgresql" else "LIKE"
        return f"{izquierda} {orden} {derecha}", (*de_izquierda, *de_derecha)


def por_titulo(filas: QuerySet[Item], texto: str, cuantas: int) -> list[str]:
    """Las claves de esas filas en cuyo título empieza así alguna palabra, por cada una escrita; lo más nuevo primero.

    Sin reparar en acentos ni mayúsculas.

    La base trae de más (un comodín en lugar de cada vocal) y aquí se escoge, sin pasar de `CANDIDATOS`.
    """
    escritas = (fold(trozo.strip(_SIGNOS)) for trozo in texto.split())
    palabras = [p for p in escritas if len(p) > 1 or p.isdigit()][:PALABRAS]
    if not palabras:
        return []
    ultimo = Item.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    filas = filas.filter(pk__gt=ultimo - RECIENTES)
    for palabra in palabras:
        filas = filas.filter(titulo__como=f"%{palabra.translate(_SIN_VOCALES)}%")
    formas = [re.compile(r"(?<!\w)" + "".join(_formas(letra) for letra in palabra), re.IGNORECASE) for palabra in palabras]
    halladas: list[str] = []
    for clave, titulo in filas.order_by("-pk").values_list("clave", "titulo")[:CANDIDATOS].iterator():
        if all(forma.search(titulo) for forma in formas):
            halladas.append(clave)
            if len(halladas) == cuantas:
                break
    return halladas


@lru_cache(maxsize=256)
def _formas(letra: str) -> str:
    """La letra con cualquiera de las marcas que no la hacen otra: «a» también es «á»; «n» no es «ñ»."""
    marcadas = "".join(chr(n) for n in _LETRAS_MARCADAS if fold(chr(n)) == letra and chr(n) != letra)
    return f"[{re.escape(letra + marcadas)}]"
