"""Las claves de las clases: cómo se escriben, cómo se componen en un código y cómo se ordenan."""

import re
from collections.abc import Sequence

PATRON_DE_CLAVE = r"^[A-Z0-9]{1,10}([.\-][A-Z0-9]{1,10})*$"
SEPARADOR = "/"
ENTRE_CLASES, EN_LA_CLAVE = "00", "01"
CIFRAS = "0123456789abcdefghijklmnopqrstuvwxyz"


def codigo_de(claves: Sequence[str]) -> str:
    """El código completo, del fondo a la clase: `AE/9C/9C.7`."""
    return SEPARADOR.join(claves)


def orden_natural(clave: str) -> str:
    """Una llave que ordena como las personas: 9C.2 antes que 9C.10.

    Sólo lleva minúsculas y cifras, para que toda base la ordene igual: cada número va precedido de cuántas cifras tiene, y lo
    que separa se vuelve «01», que ordena antes que cualquier otra cosa menos el paso de una clase a sus hijas («00»).
    """
    partes = re.findall(r"\d+|[a-z]+|[^\da-z]+", clave.lower())
    return "".join(_parte(p) for p in partes)


def _parte(texto: str) -> str:
    if texto.isdigit():
        numero = texto.lstrip("0") or "0"
        return CIFRAS[min(len(numero), 35)] + numero
    return texto if texto.isascii() and texto.isalpha() else EN_LA_CLAVE


def orden_de(claves: Sequence[str]) -> str:
    """La llave de orden de una clase en el árbol completo: primero la madre, enseguida sus hijas."""
    return ENTRE_CLASES.join(orden_natural(clave) for clave in claves)
