"""Los filtros y sus valores como se dicen a una persona."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from archivo.archivistica.puerta import nombres_de_clases
from archivo.catalogo.puerta import NIVELES, tipo_de, todos_los_tipos
from archivo.indexacion.puerta import dicho as dicho_de_tipo
from archivo.indexacion.puerta import etiquetas
from search import fold

_PALABRA = re.compile(r"\w+")


def etiqueta_de(campo: str, valor: str) -> str:
    """Cómo se dice el valor de un campo a una persona."""
    if campo == "tipo":
        return _nombres_de_tipos().get(valor, valor)
    if campo == "acceso" and valor in NIVELES:
        return NIVELES[valor].nombre
    if campo == "con_archivo":
        return {"si": "Sí", "no": "No"}.get(valor, valor)
    return dicho_de_tipo(campo, valor)


def _nombres_de_tipos() -> Mapping[str, str]:
    return {t.codigo: tipo_de(t.codigo).nombre for t in todos_los_tipos()}


def etiqueta_de_campo(campo: str) -> str:
    """Cómo se llama un filtro para una persona."""
    return "Fecha" if campo == "fecha" else etiquetas().get(campo, campo)


def dicho(campo: str, valor: str) -> str:
    """Cómo se dice el valor de un filtro; un intervalo de fechas, con sus extremos."""
    if campo != "fecha":
        return etiqueta_de(campo, valor)
    desde, dos_puntos, hasta = valor.partition("..")
    if not dos_puntos:
        return desde
    if desde and hasta:
        return f"de {desde} a {hasta}"
    return f"desde {desde}" if desde else f"hasta {hasta}"


def dichos(campo: str, valores: Sequence[str]) -> list[str]:
    """Cómo se dicen los valores de un filtro, en su orden; los de clasificación, con el nombre de su clase junto al código."""
    nombres = nombres_de_clases(valores) if campo == "clasificacion" else {}
    return [f"{v} {nombres[v]}" if v in nombres else dicho(campo, v) for v in valores]


@lru_cache(maxsize=65_536)  # veinte mil valores se ordenan y se buscan otra vez con cada letra que se escribe
def plegada(texto: str) -> str:
    """Con qué se ordena y se busca un nombre: sus palabras sin acentos ni mayúsculas."""
    return " ".join(fold(palabra) for palabra in _PALABRA.findall(texto))
