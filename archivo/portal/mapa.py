"""El mapa del sitio para buscadores: sólo lo público, en bloques por clave (las claves no dicen cuánto hay)."""

from collections.abc import Iterator

from django.db.models import F, Window
from django.db.models.functions import Mod, RowNumber

from archivo.catalogo.puerta import Item

POR_BLOQUE = 20_000


def comienzos() -> list[str]:
    """La clave anterior a cada bloque; el primero comienza en la clave vacía. Una consulta."""
    numerados = Item.objects.publicos().annotate(corte=Mod(Window(RowNumber(), order_by=F("clave").asc()), POR_BLOQUE))
    return ["", *numerados.filter(corte=0).order_by("clave").values_list("clave", flat=True)]


def bloque(desde: str) -> Iterator[tuple[str, str]]:
    """(clave, día de la última modificación) de un bloque."""
    filas = Item.objects.publicos().filter(clave__gt=desde).order_by("clave").values_list("clave", "modificado")
    return ((clave, modificado.date().isoformat()) for clave, modificado in filas[:POR_BLOQUE])
