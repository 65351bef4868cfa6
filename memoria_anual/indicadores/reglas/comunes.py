"""Lo que varias reglas comparten: qué estados cuentan y cómo se saca un dato de la ficha."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import CharField, F, IntegerField, QuerySet, Transform, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, NullIf, Substr
from django.utils.choices import flatten_choices, normalize_choices

from archivo.catalogo.puerta import Item, tipo_de
from memoria_anual.indicadores.declaracion import Desglose

EMITIDOS = ("publicado", "archivado")
"""Lo que salió y sigue a la vista o en su expediente: ni borradores, ni lo cancelado, ni lo retirado."""
FIRMES = ("autorizado", "programado", *EMITIDOS)
"""Lo que ya tiene visto bueno, aunque no se haya publicado."""
NO_EMITIDO = "Borradores, en revisión, cancelados y retirados."


def elementos(estados: Collection[str], tipo: str = "", **condiciones: Any) -> QuerySet[Item]:
    """Elementos del archivo en esos estados, de ese tipo si se dice."""
    del_tipo = {"tipo": tipo} if tipo else {}
    return Item.objects.filter(estado__in=estados, **del_tipo, **condiciones)


def de_ficha(campo: str) -> Transform:
    """El texto de un campo de la ficha."""
    return KT(f"ficha__{campo}")


def segundos(campo: str) -> Any:
    """Los segundos de una duración `HH:MM:SS` de la ficha; cero si no la tiene."""
    escrita = Coalesce(Cast(de_ficha(campo), CharField()), Value("00:00:00"))

    def parte(desde: int) -> Any:
        return Cast(Coalesce(NullIf(Substr(escrita, desde, 2), Value("")), Value("0")), IntegerField())

    return parte(1) * 3600 + parte(4) * 60 + parte(7)


def opciones_de_ficha(tipo: str, campo: str) -> Mapping[str, str]:
    """Las opciones cerradas de un campo de la ficha, sin la vacía: clave → nombre.

    Raises:
        TypeError: ese campo se escribe, no se escoge.
    """
    declarado = tipo_de(tipo).ficha.base_fields[campo]
    if not isinstance(declarado, forms.ChoiceField):
        raise TypeError(f"El campo «{campo}» de {tipo} no tiene opciones cerradas: reparta por otro.")
    opciones: Iterable[tuple[Any, Any]] = flatten_choices(normalize_choices(declarado.choices))
    return {str(clave): str(nombre) for clave, nombre in opciones if clave}


def desglose_de_ficha(tipo: str, campo: str, nombre: str) -> Desglose:
    """El reparto por un campo con opciones cerradas de la ficha de ese tipo."""
    conocidos = opciones_de_ficha(tipo, campo)
    return Desglose(campo, nombre, de_ficha(campo), lambda claves: {c: conocidos[c] for c in claves if c in conocidos})


def desglose_de_columna(clave: str, nombre: str, columna: str) -> Desglose:
    """El reparto por una columna cuyo texto ya se entiende."""
    return Desglose(clave, nombre, F(columna))
