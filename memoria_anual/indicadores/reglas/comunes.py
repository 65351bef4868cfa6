"""Lo que varias reglas comparten: qué estados cuentan y cómo se saca un dato de la ficha."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import CharField, F, IntegerField, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, NullIf, Substr

from archivo.catalogo.puerta import Item
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


def de_ficha(campo: str) -> KT:
    """El texto de un campo de la ficha."""
    return KT(f"ficha__{campo}")


def segundos(campo: str) -> Any:
    """Los segundos de una duración `HH:MM:SS` de la ficha; cero si no la tiene."""
    escrita = Coalesce(Cast(de_ficha(campo), CharField()), Value("00:00:00"))

    def parte(desde: int) -> Any:
        return Cast(Coalesce(NullIf(Substr(escrita, desde, 2), Value("")), Value("0")), IntegerField())

    return parte(1) * 3600 + parte(4) * 60 + parte(7)


def desglose_de_ficha(campo: str, nombre: str, nombres: Sequence[tuple[str, str]]) -> Desglose:
    """El reparto por un campo de la ficha con opciones cerradas."""
    conocidos: Mapping[str, str] = dict(nombres)
    return Desglose(campo, nombre, de_ficha(campo), lambda claves: {c: conocidos[c] for c in claves if c in conocidos})


def desglose_de_columna(clave: str, nombre: str, columna: str) -> Desglose:
    """El reparto por una columna cuyo texto ya se entiende."""
    return Desglose(clave, nombre, F(columna))
