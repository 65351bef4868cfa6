"""Los campos del índice, compuestos de lo común y de lo que cada tipo declara."""

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
    "autor": "Autor",
    "acceso": "Acceso",
    "con_archivo": "Con archivo",
}
_CON_PALABRAS = {"area", "dependencia", "tema", "lugar", "autor"}
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
def esquema() -> Schema:
    """El esquema del índice. Cambia de huella cuando un tipo declara otro campo, y entonces el índice se rehace."""
    nombres = [n for n in (*etiquetas(), "estado") if n not in _ENTEROS]
    palabras = [Keyword(n, label_searchable=n in _CON_PALABRAS or (n not in CAMPOS_COMUNES and n != "estado")) for n in nombres]
    return Schema([*palabras, *(Integer(n) for n in _ENTEROS)])


def es_filtro(nombre: str) -> bool:
    """¿Se puede filtrar por ese campo? `fecha` también, como intervalo."""
    return nombre == "fecha" or (nombre in esquema().by_name and nombre not in _NO_SON_FILTROS)


@lru_cache(maxsize=1)
def campos_de_consulta() -> QueryFields:
    """Cómo nombra una persona cada campo al escribir `año:1990` o `área:obras`."""
    propios = {nombre: nombre for nombre in esquema().by_name if nombre not in _NO_SON_FILTROS}
    return QueryFields(esquema(), propios | _ALIAS_FIJOS)
