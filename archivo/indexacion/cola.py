"""La cola de cambios: llevarlos al índice en uso y, si otro se construye, recordar lo que le falta."""

from dataclasses import dataclass, field
from itertools import batched

from archivo.indexacion.documentos import operaciones
from archivo.indexacion.lectura import lotes_de
from archivo.indexacion.models import CambioIndice
from search import Delete, Generation, Operation, Writer

CAMBIOS_POR_VUELTA = 2_000


@dataclass
class Cambios:
    """Lo que cambió mientras se construía otra generación: elementos que releer y claves que ya no existen."""

    ids: set[int] = field(default_factory=set)
    borradas: set[str] = field(default_factory=set)


def vaciar_cola(escritor: Writer, *, recordar: Cambios | None = None) -> int:
    """Aplica los cambios vencidos hasta que no quedan. Repetir un cambio no hace daño. Devuelve cuántas filas se atendieron.

    `recordar` junta lo aplicado: es lo que habrá que repetir sobre la generación que se está construyendo.
    """
    escritor.ensure_generation()
    atendidos = 0
    while filas := list(
        CambioIndice.objects.vencidos().order_by("pk").values_list("pk", "item_id", "clave")[:CAMBIOS_POR_VUELTA]
    ):
        ids = {item_id for _, item_id, _ in filas}
        encontrados = _escribir(escritor, sorted(ids))
        borradas = {clave for _, item_id, clave in filas if clave and item_id not in encontrados}
        if borradas:
            escritor.apply(_bajas(borradas))
        if recordar is not None:
            recordar.ids |= ids
            recordar.borradas |= borradas
        CambioIndice.objects.filter(pk__in=[pk for pk, _, _ in filas]).delete()
        atendidos += len(filas)
    return atendidos


def repetir(escritor: Writer, cambios: Cambios, generacion: Generation) -> None:
    """Lleva a una generación en construcción lo que cambió después de que se leyera, o quizá después."""
    for ids in batched(sorted(cambios.ids), CAMBIOS_POR_VUELTA):
        _escribir(escritor, ids, generacion)
    if cambios.borradas:
        escritor.apply(_bajas(cambios.borradas), generation=generacion)


def _escribir(escritor: Writer, ids: list[int] | tuple[int, ...], generacion: Generation | None = None) -> set[int]:
    encontrados: set[int] = set()
    for lote in lotes_de(ids):
        escritor.apply(operaciones(lote), generation=generacion)
        encontrados |= {item.pk for item in lote}
    return encontrados


def _bajas(claves: set[str]) -> list[Operation]:
    return [Delete(indice, clave) for clave in sorted(claves) for indice in ("all", "pub")]
