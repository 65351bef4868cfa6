"""Rehacer el índice entero sin dejar de buscar ni de guardar."""

import logging
from collections.abc import Callable, Mapping
from contextlib import closing

from archivo.catalogo.puerta import Item
from archivo.indexacion.cola import Cambios, repetir, vaciar_cola
from archivo.indexacion.lectura import tramos
from archivo.indexacion.motor import motor
from archivo.indexacion.obreros import ConstruccionInterrumpida, cuantos, preparados
from archivo.indexacion.rechazos import Escrito, concluir, reintentar
from search import IndexOutdated, SearchUnavailable, Writer

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
    total = Item.objects.count()
    reintentar()
    en_uso = _se_puede_escribir(escritor)
    generacion = escritor.begin_generation()
    cambios, hechos, fuera = Cambios(), 0, dict[int, str]()
    with closing(preparados(tramos(), cuantos(total))) as preparando:
        for elementos, documentos, apartados in preparando:
            rechazadas = escritor.load(documentos, generacion) if documentos else {}
            fuera |= dict.fromkeys(apartados, "no se pudieron preparar") | _de_clave(rechazadas)
            _exigir_pocos_rechazos(fuera, total)
            hechos += elementos
            _mientras_tanto(escritor, cambios if en_uso else None)
            if avance:
                avance(hechos, total)
    while not escritor.settle(generacion):
        _mientras_tanto(escritor, cambios if en_uso else None)
    cambios.ids |= fuera.keys()
    escrito = repetir(escritor, cambios, generacion)
    _exigir_pocos_rechazos(escrito.rechazos, total)
    concluir([], Escrito(rechazos=escrito.rechazos))  # antes de usarla: si se corta aquí, se sabe lo que le falta
    escritor.activate(generacion)
    concluir([], Escrito(escrito.encontrados - escrito.rechazos.keys()))
    vaciar_cola(escritor)


def _de_clave(rechazadas: Mapping[str, str]) -> dict[int, str]:
    if not rechazadas:
        return {}
    return {pk: rechazadas[clave] for pk, clave in Item.objects.filter(clave__in=rechazadas).values_list("pk", "clave")}


def _mientras_tanto(escritor: Writer, cambios: Cambios | None) -> None:
    """Sostiene el turno de escribir y, si hay una generación en uso, le lleva lo que se guardó y lo recuerda."""
    escritor.hold()
    if cambios is not None:
        vaciar_cola(escritor, recordar=cambios)


def _exigir_pocos_rechazos(rechazos: Mapping[int, str], total: int) -> None:
    if len(rechazos) > max(TOLERABLES, total // 100):
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
