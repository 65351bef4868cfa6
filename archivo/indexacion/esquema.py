"""Los campos del índice, compuestos de lo común y de lo que cada tipo declara."""

from collections.abc import Callable
from functools import lru_cache

from archivo.catalogo.puerta import todos_los_tipos
from search import Integer, Keyword, QueryFields, Schema

CAMPOS_COMUNES: dict[str, str] = {
    "tipo": "Tipo",
    "anio": "Año",
    "mes": "Mes",
    "area": "Área",
    "dependencia": "Dependencia",
    "tema": "Tema",
    "lugar": "Lugar",
    "persona": "Persona",
    "medio": "Medio",
    "autor": "Autor",
    "acceso": "Acceso",
    "expediente": "Expediente",
    "clasificacion": "Fondo, sección o serie",
    "con_archivo": "Con archivo digital",
}
_CON_PALABRAS = {"area", "dependencia", "tema", "lugar", "persona", "medio", "autor"}
_ENTEROS = ("anio", "numero", "anio_folio")
_NO_SON_FILTROS = {"estado", "numero", "anio_folio"}
_ALIAS_FIJOS = {
    "título": "title",
    "titulo": "title",
    "año": "anio",
    "fecha": "date",
    "área": "area",
    "número": "numero",
    "numero": "numero",
}


@lru_cache(maxsize=1)
def etiquetas() -> dict[str, str]:
    """Nombre de cada filtro y su etiqueta para las personas, en orden de presentación."""
    de_tipos = {campo.nombre: campo.etiqueta for tipo in todos_los_tipos() for campo in tipo.campos}
    return CAMPOS_COMUNES | de_tipos


@lru_cache(maxsize=1)
def reservados() -> frozenset[str]:
    """Los campos que sólo existen en el índice de la oficina: la valoración de un recorte."""
    return frozenset(campo.nombre for tipo in todos_los_tipos() for campo in tipo.campos if not campo.publico)


@lru_cache(maxsize=1)
def citables() -> frozenset[str]:
    """Los que se conocen aunque el texto sea de terceros: son cita bibliográfica (LFDA art. 148; decisión 0006)."""
    propios = {campo.nombre for tipo in todos_los_tipos() for campo in tipo.campos if campo.en_restringido}
    return frozenset(propios | {"medio", "autor"})


def dicho(campo: str, valor: str) -> str:
    """Cómo se muestra un valor de un campo propio de los tipos."""
    rotulo = _rotulos().get(campo)
    return rotulo(valor) if rotulo else valor


@lru_cache(maxsize=1)
def _rotulos() -> dict[str, Callable[[str], str]]:
    """Cómo se dice el valor de cada campo que no se dice tal cual."""
    propios = [c for tipo in todos_los_tipos() for c in tipo.campos if c.rotulo is not str]
    return {c.nombre: c.rotulo for c in reversed(propios)}


@lru_cache(maxsize=1)
def esquema() -> Schema:
    """El esquema del índice. Cambia de huella cuando un tipo declara otro campo, y entonces el índice se rehace."""
    nombres = [n for n in (*etiquetas(), "estado") if n not in _ENTEROS]
    sin_palabras = (CAMPOS_COMUNES.keys() - _CON_PALABRAS) | reservados() | {"estado"}
    palabras = [Keyword(n, label_searchable=n not in sin_palabras) for n in nombres]
    return Schema([*palabras, *(Integer(n) for n in _ENTEROS)])


def es_filtro(nombre: str) -> bool:
    """¿Se puede filtrar por ese campo? `fecha` también, como intervalo."""
    return nombre == "fecha" or (nombre in esquema().by_name and nombre not in _NO_SON_FILTROS)


@lru_cache(maxsize=1)
def campos_de_consulta() -> QueryFields:
    """Cómo nombra una persona cada campo al escribir `año:1990` o `área:obras`."""
    propios = {nombre: nombre for nombre in esquema().by_name if nombre not in _NO_SON_FILTROS}
    return QueryFields(esquema(), propios | _ALIAS_FIJOS)
