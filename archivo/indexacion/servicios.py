"""Llevar los cambios al índice, rehacerlo y compararlo con la base."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from archivo.catalogo.puerta import PARA_TERMINOS_BUSCABLES, Item
from archivo.indexacion.documentos import operaciones
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.motor import motor
from search import Delete, EngineAbsent, Generation, IndexBusy, IndexName, IndexOutdated, Operation, SearchUnavailable, Writer

registro = logging.getLogger("archivo.indexacion")
CAMBIOS_POR_VUELTA = 2_000
PARTES_POR_LOTE = 3_000
ELEMENTOS_POR_LOTE = 1_000
ESPERA = 0.1
Avance = Callable[[int, int], None]


@dataclass
class EstadoDelIndice:
    """El estado del índice, con la forma del contrato de órdenes. `diferencias` None: no se compararon."""

    motor: str
    generacion: str
    elementos: int
    paginas: int
    pendientes: int
    diferencias: int | None = None

    def como_dict(self) -> dict[str, object]:
        """Listo para JSON."""
        return asdict(self)


class IndiceOcupado(Exception):
    """Otro proceso escribe en el índice y no terminó a tiempo."""


def estado() -> EstadoDelIndice:
    """Cómo está el índice ahora."""
    salud = motor().health()
    return EstadoDelIndice(
        motor=salud.engine,
        generacion=salud.generation,
        elementos=salud.items.get("all", 0),
        paginas=salud.pages.get("all", 0),
        pendientes=CambioIndice.objects.vencidos().count(),
    )


def _lotes(items: Iterator[Item]) -> Iterator[list[Item]]:
    lote: list[Item] = []
    partes = 0
    for item in items:
        lote.append(item)
        partes += item.partes
        if len(lote) >= ELEMENTOS_POR_LOTE or partes >= PARTES_POR_LOTE:
            yield lote
            lote, partes = [], 0
    if lote:
        yield lote


def _con_relaciones(ids: list[int]) -> list[Item]:
    return list(
        Item.objects.filter(pk__in=ids)
        .select_related("area", "serie", "medio")
        .prefetch_related("adjuntos", "nombradas", *PARA_TERMINOS_BUSCABLES)
        .order_by("pk")
    )


def vaciar_cola(escritor: Writer, *, tambien: Generation | None = None) -> int:
    """Aplica los cambios vencidos hasta que no quedan. Repetir un cambio no hace daño. Devuelve cuántas filas se atendieron.

    `tambien` es una generación que se está construyendo: lo que cambió mientras tanto llega a ella y a la que está en uso.
    """
    escritor.ensure_generation()
    destinos = [None, tambien] if tambien else [None]
    return _vaciar(lambda cambios: [escritor.apply(cambios, generation=g) for g in destinos])


def _vaciar(aplicar: Callable[[list[Operation]], object]) -> int:
    atendidos = 0
    while filas := list(
        CambioIndice.objects.vencidos().order_by("pk").values_list("pk", "item_id", "clave")[:CAMBIOS_POR_VUELTA]
    ):
        ids = {item_id for _, item_id, _ in filas}
        encontrados: set[int] = set()
        for lote in _lotes(iter(_con_relaciones(sorted(ids)))):
            aplicar(operaciones(lote))
            encontrados |= {i.pk for i in lote}
        borradas = {clave for _, item_id, clave in filas if clave and item_id not in encontrados}
        if borradas:
            aplicar([_borrado(indice, clave) for clave in sorted(borradas) for indice in ("all", "pub")])
        CambioIndice.objects.filter(pk__in=[pk for pk, _, _ in filas]).delete()
        atendidos += len(filas)
    return atendidos


def _borrado(indice: IndexName, clave: str) -> Operation:
    return Delete(indice, clave)


def poner_al_dia(limite: float = 3600.0) -> int:
    """Vacía la cola, o espera a que la vacíe el indizador que tiene el candado. Al volver, las búsquedas ya ven los cambios.

    Raises:
        IndiceOcupado: pasó el límite (segundos) y aún quedaban cambios.
    """
    fin = time.monotonic() + limite
    while time.monotonic() < fin:
        try:
            with motor().writer() as escritor:
                return vaciar_cola(escritor)
        except IndexBusy:
            if not CambioIndice.objects.vencidos().exists():
                return 0
            time.sleep(ESPERA)
    raise IndiceOcupado("Otro proceso tiene el índice y aún quedan cambios por aplicar. Vuelva a intentarlo en unos minutos.")


def asegurar() -> None:
    """Deja un índice utilizable: si no hay, o cambió el esquema o el análisis, lo rehace entero desde la base.

    Raises:
        EngineAbsent: el motor no contesta; rehacer el índice no lo remedia.
    """
    salud = motor().health()
    if not salud.problem:
        return
    if not salud.rebuild:
        raise EngineAbsent(salud.problem)
    if Item.objects.exists():
        reconstruir()
        return
    with motor().writer(timeout=60) as escritor:
        escritor.ensure_generation()


def reconstruir(avance: Avance | None = None) -> EstadoDelIndice:
    """Construye otra generación aparte y la pone en uso de una vez.

    Mientras, se sigue buscando en la anterior, y lo que se guarda llega a las dos: ni se deja de ver ni se pierde en el cambio.
    """
    total = Item.objects.count()
    with motor().writer(timeout=600) as escritor:
        en_uso = _se_puede_escribir(escritor)
        generacion = escritor.begin_generation()
        hechos = 0
        for lote in _todos():
            _aplicar_a(escritor, generacion, lote)
            hechos += len(lote)
            if en_uso:
                vaciar_cola(escritor, tambien=generacion)
            if avance:
                avance(hechos, total)
        escritor.activate(generacion)
        vaciar_cola(escritor)
    return estado()


def _se_puede_escribir(escritor: Writer) -> bool:
    """¿Hay una generación en uso, sana, a la que sigan llegando los cambios mientras se construye la otra?"""
    if motor().health().problem:
        return False
    try:
        vaciar_cola(escritor)
    except (SearchUnavailable, IndexOutdated):
        registro.warning("El índice en uso no se puede escribir: se rehace sin él.", exc_info=True)
        return False
    return True


def _aplicar_a(escritor: Writer, generacion: Generation, lote: list[Item]) -> None:
    for parte in _lotes(iter(lote)):
        escritor.apply(operaciones(parte), generation=generacion)


def _todos() -> Iterator[list[Item]]:
    ultimo = 0
    while True:
        ids = list(Item.objects.filter(pk__gt=ultimo).order_by("pk").values_list("pk", flat=True)[:ELEMENTOS_POR_LOTE])
        if not ids:
            return
        ultimo = ids[-1]
        yield _con_relaciones(ids)


def verificar() -> EstadoDelIndice:
    """Compara clave y versión de cada elemento con los dos índices, y busca daños dentro de ellos."""
    actual = estado()
    en_cola = set(CambioIndice.objects.values_list("item_id", flat=True))
    actual.diferencias = len(motor().verify().faults)
    esperadas = {"all": Item.objects.all(), "pub": Item.objects.publicos()}
    excluidas = set(Item.objects.filter(pk__in=en_cola).values_list("clave", flat=True)) if en_cola else set()
    for indice in ("all", "pub"):
        base = dict(esperadas[indice].values_list("clave", "version").iterator(chunk_size=5000))
        actual.diferencias += _diferencias(base, indice, excluidas)
    return actual


def _diferencias(base: dict[str, int], indice: IndexName, excluidas: set[str]) -> int:
    distintas = 0
    for clave, version in motor().inventory(indice):
        if base.pop(clave, None) != version and clave not in excluidas:
            distintas += 1
    return distintas + sum(1 for clave in base if clave not in excluidas)
