"""Llevar los cambios al índice, rehacerlo y compararlo con la base."""

import time
from dataclasses import asdict, dataclass

from archivo.catalogo.puerta import Item
from archivo.indexacion.cola import vaciar_cola
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.motor import motor
from archivo.indexacion.reconstruccion import Avance, construir
from search import EngineAbsent, IndexBusy, IndexName

ESPERA = 0.1


@dataclass
class EstadoDelIndice:
    """El estado del índice, con la forma del contrato de órdenes. `diferencias` None: no se compararon."""

    motor: str
    generacion: str
    elementos: int
    paginas: int
    pendientes: int
    rechazados: int
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
        rechazados=CambioIndice.objects.rechazados().count(),
    )


def poner_al_dia(limite: float = 3600.0) -> int:
    """Vacía la cola, o espera a que la vacíe el indizador que tiene el candado. Al volver, las búsquedas ya ven los cambios.

    Si no hay índice, o es de otro esquema, lo rehace: con sólo lo que está en la cola quedaría casi vacío.

    Raises:
        IndiceOcupado: pasó el límite (segundos) y aún quedaban cambios.
    """
    fin = time.monotonic() + limite
    while time.monotonic() < fin:
        try:
            with motor().writer() as escritor:
                if _falta_entero():
                    construir(escritor)
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
    if _falta_entero():
        reconstruir()
        return
    with motor().writer(timeout=60) as escritor:
        escritor.ensure_generation()


def _falta_entero() -> bool:
    salud = motor().health()
    return bool(salud.problem) and salud.rebuild and Item.objects.exists()


def reconstruir(avance: Avance | None = None) -> EstadoDelIndice:
    """Construye otra generación aparte y la pone en uso de una vez.

    Mientras, se sigue buscando en la anterior, y lo que se guarda llega a las dos: ni se deja de ver ni se pierde en el cambio.

    Raises:
        ConstruccionInterrumpida: murió uno de los procesos que la preparan, o el motor rechaza casi todo; la anterior sigue en uso.
    """
    with motor().writer(timeout=600) as escritor:
        construir(escritor, avance)
    return estado()


def verificar() -> EstadoDelIndice:
    """Compara clave y versión de cada elemento con los dos índices, y busca daños dentro de ellos.

    Lo que espera en la cola no cuenta; lo que el índice rechazó, sí: no se puede hallar.
    """
    actual = estado()
    en_cola = set(CambioIndice.objects.filter(intentos=0).values_list("item_id", flat=True))
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
