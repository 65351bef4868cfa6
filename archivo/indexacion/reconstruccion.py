"""Rehacer el índice entero sin dejar de buscar ni de guardar."""

import logging
from collections.abc import Callable
from contextlib import closing

from archivo.catalogo.puerta import Item
from archivo.indexacion.cola import Cambios, repetir, vaciar_cola
from archivo.indexacion.lectura import tramos
from archivo.indexacion.motor import motor
from archivo.indexacion.obreros import cuantos, preparados
from search import IndexOutdated, SearchUnavailable, Writer

registro = logging.getLogger("archivo.indexacion")
Avance = Callable[[int, int], None]


def construir(escritor: Writer, avance: Avance | None = None) -> None:
    """Arma otra generación y la pone en uso.

    Lo que se guarda mientras tanto llega enseguida a la que está en uso y se recuerda: al final, cuando ya nadie lee el catálogo, se
    repite sobre la nueva, y así no importa si se guardó antes o después de leerlo.
    """
    total = Item.objects.count()
    en_uso = _se_puede_escribir(escritor)
    generacion = escritor.begin_generation()
    cambios, hechos = Cambios(), 0
    with closing(preparados(tramos(), cuantos(total))) as preparando:
        for elementos, listos in preparando:
            escritor.load(listos, generacion)
            hechos += elementos
            if en_uso:
                vaciar_cola(escritor, recordar=cambios)
            if avance:
                avance(hechos, total)
    repetir(escritor, cambios, generacion)
    escritor.activate(generacion)
    vaciar_cola(escritor)


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
