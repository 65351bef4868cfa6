"""Lo que otros pisos exigen del acceso de un elemento: el nivel de su expediente, por ejemplo."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from archivo.catalogo import acceso

if TYPE_CHECKING:
    from archivo.catalogo.models import Item

Aporte = Callable[[Collection[int]], Mapping[int, str]]
_aportes: list[Aporte] = []


def registrar_aporte_de_acceso(aporte: Aporte) -> Aporte:
    """Añade quien opine del acceso: recibe claves primarias de Item y devuelve `{item_id: nivel}` de los que algo exigen.

    Se combina columna por columna con lo decidido en el elemento. Quien cambie lo que aporta llama a `recalcular_acceso`.
    """
    _aportes.append(aporte)
    return aporte


def niveles_aportados(ids: Collection[int]) -> dict[int, list[str]]:
    """Lo que exige cada piso para esos elementos. Una llamada por aporte, sean cuantos sean."""
    dichos: dict[int, list[str]] = defaultdict(list)
    for aporte in _aportes if ids else ():
        for item_id, nivel in aporte(ids).items():
            dichos[item_id].append(nivel)
    return dichos


def fijar_efectivos(items: Sequence["Item"]) -> None:
    """Escribe `acceso_efectivo` en las instancias (sin guardar): lo decidido, sus derechos y lo que aportan los demás pisos."""
    aportados = niveles_aportados([i.pk for i in items if i.pk])
    for item in items:
        de_otros = aportados.get(item.pk, ()) if item.pk else ()
        item.acceso_efectivo = acceso.combinar(item.acceso, acceso.limite_por_derechos(item), *de_otros)
