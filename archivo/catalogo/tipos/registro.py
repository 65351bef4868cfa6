"""El registro de tipos: un código repetido es un error al arrancar."""

from django.core.exceptions import ImproperlyConfigured

from archivo.catalogo.relaciones import registrar_clase
from archivo.catalogo.tipos.base import TipoDeItem

_tipos: dict[str, TipoDeItem] = {}
nombres_de_pendientes: dict[str, str] = {}
"""Lo que a los tipos les puede faltar: clave → cómo se dice."""


class TipoDesconocido(KeyError):
    """No hay un tipo con ese código."""

    def __str__(self) -> str:
        return f"No existe el tipo «{self.args[0]}». Use uno de: {', '.join(_tipos)}."


def registrar_tipo(tipo: TipoDeItem) -> TipoDeItem:
    """Da de alta un tipo; su proxy debe llevar `codigo_de_tipo` y un manager filtrado (lo revisa `catalogo.E00x`)."""
    if tipo.codigo in _tipos:
        raise ImproperlyConfigured(f"Hay dos tipos de elemento con el código «{tipo.codigo}».")
    for clase in tipo.relaciones:
        registrar_clase(clase)
    nombres_de_pendientes.update(tipo.pendientes)
    _tipos[tipo.codigo] = tipo
    return tipo


def tipo_de(codigo: str) -> TipoDeItem:
    """La declaración de un tipo por su código."""
    if codigo not in _tipos:
        raise TipoDesconocido(codigo)
    return _tipos[codigo]


def todos_los_tipos() -> tuple[TipoDeItem, ...]:
    """Las declaraciones, en orden de código."""
    return tuple(_tipos[c] for c in sorted(_tipos))


def tipo_de_fila(fila: str) -> tuple[TipoDeItem, str] | None:
    """El tipo y la clave de serie que corresponden al tipo de una fila importada."""
    for tipo in _tipos.values():
        if fila in tipo.filas:
            return tipo, tipo.filas[fila]
        if fila == tipo.codigo:
            return tipo, ""
    return None
