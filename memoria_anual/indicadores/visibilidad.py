"""Qué renglones de una lista puede ver una persona: la cifra los cuenta todos; los que no le tocan no se nombran."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import batched
from typing import Any, Protocol

from archivo.archivistica.puerta import Expediente
from archivo.catalogo.puerta import Item, dejar_constancia_de_lista
from archivo.identidad.puerta import Lector, Usuario
from certificaciones.solicitudes.puerta import solicitudes_para

LOTE = 5_000
_DE_ITEM = ("pk", "clave", "acceso_efectivo", "estado", "embargo_hasta", "tipo", "area_id", "id_externo")


class Contado(Protocol):
    """Algo que una cifra contó, vivo o congelado."""

    @property
    def clase(self) -> str:
        """Qué es."""
        ...

    @property
    def objeto_id(self) -> int:
        """Qué fila es."""
        ...


Vistos = Mapping[int, Any]
ABREN: dict[str, Callable[[Lector, Sequence[int]], Vistos]] = {}
"""Cómo se sabe, por clase de renglón, cuáles ve una persona: fila → lo que se ve. Lo que no tiene regla no se nombra."""


def _items(lector: Lector, filas: Sequence[int]) -> Vistos:
    return {i.pk: i for i in Item.objects.visibles_para(lector).filter(pk__in=filas).only(*_DE_ITEM)}


def _expedientes(lector: Lector, filas: Sequence[int]) -> Vistos:
    return {e.pk: e for e in Expediente.objects.visibles_para(lector).filter(pk__in=filas)}


def _mediciones(lector: Lector, filas: Sequence[int]) -> Vistos:
    """Lo tecleado se muestra con su cifra: es su única evidencia."""
    return dict.fromkeys(filas, True)


def _solicitudes(lector: Lector, filas: Sequence[int]) -> Vistos:
    return {s.pk: s for s in solicitudes_para(lector).filter(pk__in=filas)}


def _certificaciones(lector: Lector, filas: Sequence[int]) -> Vistos:
    """De una expedida, la lista sólo dice su folio, que está en el registro público; se abre en la oficina."""
    return dict.fromkeys(filas, True) if lector.es_de_oficina else {}


ABREN |= {
    "item": _items, "expediente": _expedientes, "medicion": _mediciones, "solicitud": _solicitudes,
    "certificacion": _certificaciones,
}  # fmt: skip


def visibles[C: Contado](
    lector: Lector, contados: Sequence[C], *, superficie: str = "memoria", usuario: Usuario | None = None
) -> list[tuple[C, Item | None, bool]]:
    """Cada renglón con su elemento y si esa persona lo ve. Ver en la lista algo reservado deja constancia, o no se muestra."""
    por_clase: dict[str, list[int]] = defaultdict(list)
    for c in contados:
        por_clase[c.clase].append(c.objeto_id)
    vistos = {clase: _por_lotes(ABREN[clase], lector, filas) for clase, filas in por_clase.items() if clase in ABREN}
    dejar_constancia_de_lista(_solo_items(vistos), usuario, superficie)
    return [(c, _item(vistos, c), c.objeto_id in vistos.get(c.clase, {})) for c in contados]


def _por_lotes(abrir: Callable[[Lector, Sequence[int]], Vistos], lector: Lector, filas: Sequence[int]) -> Vistos:
    juntos: dict[int, Any] = {}
    for lote in batched(filas, LOTE):
        juntos |= abrir(lector, lote)
    return juntos


def _solo_items(vistos: Mapping[str, Vistos]) -> Iterable[Item]:
    return vistos.get("item", {}).values()


def _item(vistos: Mapping[str, Vistos], contado: Contado) -> Item | None:
    return vistos.get("item", {}).get(contado.objeto_id) if contado.clase == "item" else None
