"""La cola de cambios: llevarlos al índice en uso y, si otro se construye, recordar lo que le falta."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched

from archivo.catalogo.puerta import Item
from archivo.indexacion.documentos import operaciones
from archivo.indexacion.lectura import lotes_de
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.rechazos import Escrito, concluir, por_partes
from search import Delete, Generation, Operation, Writer

CAMBIOS_POR_VUELTA = 2_000


@dataclass
class Cambios:
    """Lo que cambió mientras se construía otra generación: elementos que releer y claves que ya no existen."""

    ids: set[int] = field(default_factory=set)
    borradas: set[str] = field(default_factory=set)


def vaciar_cola(escritor: Writer, *, recordar: Cambios | None = None) -> int:
    """Aplica los cambios vencidos hasta que no quedan. Repetir un cambio no hace daño. Devuelve cuántas filas se atendieron.

    Un elemento que el índice no acepta no detiene a los demás: su fila queda, con el motivo, para más tarde.

    `recordar` junta lo aplicado: es lo que habrá que repetir sobre la generación que se está construyendo.
    """
    escritor.ensure_generation()
    atendidos = 0
    while filas := list(CambioIndice.objects.vencidos().order_by("pk")[:CAMBIOS_POR_VUELTA]):
        ids = {fila.item_id for fila in filas}
        escrito = _escribir(escritor, sorted(ids))
        borradas = {fila.clave for fila in filas if fila.clave and fila.item_id not in escrito.encontrados}
        if borradas:
            escritor.apply(_bajas(borradas))
        if recordar is not None:
            recordar.ids |= ids
            recordar.borradas |= borradas
        concluir(filas, escrito)
        atendidos += len(filas)
    return atendidos


def repetir(escritor: Writer, cambios: Cambios, generacion: Generation) -> Escrito:
    """Lleva a una generación en construcción lo que cambió después de que se leyera, o quizá después."""
    escrito = Escrito()
    for ids in batched(sorted(cambios.ids), CAMBIOS_POR_VUELTA):
        parte = _escribir(escritor, ids, generacion)
        escrito.encontrados |= parte.encontrados
        escrito.rechazos |= parte.rechazos
    if cambios.borradas:
        escritor.apply(_bajas(cambios.borradas), generation=generacion)
    return escrito


def _escribir(escritor: Writer, ids: Sequence[int], generacion: Generation | None = None) -> Escrito:
    escrito, fuera = Escrito(), set[str]()

    def escribir(elementos: Sequence[Item]) -> Mapping[str, str]:
        return escritor.apply(operaciones(elementos), generation=generacion).refused

    def apartar(item: Item, motivo: str) -> None:
        escrito.rechazos[item.pk] = motivo
        fuera.add(item.clave)

    for lote in lotes_de(ids):
        de_clave = {item.clave: item.pk for item in lote}
        escrito.encontrados |= set(de_clave.values())
        for rechazados in por_partes(lote, escribir, apartar):
            escrito.rechazos |= {de_clave[clave]: motivo for clave, motivo in rechazados.items()}
    if fuera:
        escritor.apply(_bajas(fuera), generation=generacion)
    return escrito


def _bajas(claves: set[str]) -> list[Operation]:
    return [Delete(indice, clave) for clave in sorted(claves) for indice in ("all", "pub")]
