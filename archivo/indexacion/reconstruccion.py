"""Rehacer el índice entero sin dejar de buscar ni de guardar."""

import logging
from collections.abc import Callable, Collection, Mapping
from contextlib import closing

from archivo.catalogo.puerta import Item
from archivo.indexacion.cola import Cambios, repetir, vaciar_cola
from archivo.indexacion.lectura import tramos
from archivo.indexacion.motor import motor
from archivo.indexacion.obreros import ConstruccionInterrumpida, Listo, cuantos, preparados
from archivo.indexacion.rechazos import Escrito, concluir, reintentar
from search import Generation, IndexOutdated, SearchUnavailable, Writer

registro = logging.getLogger("archivo.indexacion")
TOLERABLES = 100
"""Elementos rechazados con los que una construcción se da por buena, o uno de cada cien."""
Avance = Callable[[int, int], None]


def construir(escritor: Writer, avance: Avance | None = None) -> None:
    """Arma otra generación y la pone en uso.

    Lo que se guarda mientras tanto llega enseguida a la que está en uso y se recuerda: al final, cuando ya nadie lee el catálogo, se
    repite sobre la nueva, y así no importa si se guardó antes o después de leerlo. Lo que el índice no acepta se intenta ahí otra
    vez y, si no, se aparta.

    Raises:
        ConstruccionInterrumpida: son tantos los rechazados que el mal no está en ellos.
    """
    reintentar()
    cambios = Cambios()
    siguen = cambios if _se_puede_escribir(escritor) else None
    generacion = escritor.begin_generation()
    cambios.ids.update(_leer_todo(escritor, generacion, siguen, avance))
    while not escritor.settle(generacion):
        _mientras_tanto(escritor, siguen)
    escrito = repetir(escritor, cambios, generacion)
    _exigir_pocos_rechazos(escrito.rechazos)
    concluir([], Escrito(rechazos=escrito.rechazos))  # antes de usarla: si se corta aquí, se sabe lo que le falta
    escritor.activate(generacion)
    concluir([], Escrito(escrito.encontrados - escrito.rechazos.keys()))
    vaciar_cola(escritor)


def _leer_todo(escritor: Writer, generacion: Generation, siguen: Cambios | None, avance: Avance | None) -> Collection[int]:
    """Lleva el catálogo entero a la generación nueva; los que no entraron, que se intentarán al final otra vez."""
    total = Item.objects.count()
    hechos, fuera = 0, dict[int, str]()
    with closing(preparados(tramos(), cuantos(total))) as preparando:
        for listo in preparando:
            fuera |= _cargar(escritor, generacion, listo)
            _exigir_pocos_rechazos(fuera)
            hechos += listo.elementos
            _mientras_tanto(escritor, siguen)
            if avance:
                avance(hechos, total)
    return fuera.keys()


def _cargar(escritor: Writer, generacion: Generation, listo: Listo) -> dict[int, str]:
    """Los que no entraron, por ahora, y por qué."""
    fuera = dict.fromkeys(listo.apartados, "no se pudieron preparar")
    if listo.documentos and (rechazadas := escritor.load(listo.documentos, generacion)):
        fuera |= {pk: rechazadas[c] for pk, c in Item.objects.filter(clave__in=rechazadas).values_list("pk", "clave")}
    return fuera


def _mientras_tanto(escritor: Writer, cambios: Cambios | None) -> None:
    """Sostiene el turno de escribir y, si hay una generación en uso, le lleva lo que se guardó y lo recuerda."""
    escritor.hold()
    if cambios is not None:
        vaciar_cola(escritor, recordar=cambios)


def _exigir_pocos_rechazos(rechazos: Mapping[int, str]) -> None:
    if len(rechazos) <= TOLERABLES:
        return
    total = Item.objects.count()
    if len(rechazos) > total // 100:
        raise ConstruccionInterrumpida(
            f"El motor no aceptó {len(rechazos):,} de {total:,} elementos ({next(iter(rechazos.values()))}): el mal "
            "no está en ellos. Revise el motor con: manage.py indice diagnostico."
        )


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
