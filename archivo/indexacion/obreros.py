"""Los procesos que leen el catálogo y preparan sus documentos mientras el principal los escribe en el índice.

Nacen de cero (`spawn`): nada heredan de quien los llama, ni hilos ni conexiones, en cualquier sistema. Si el principal muere, se les
cierra el tubo y terminan; si muere uno de ellos, la construcción se interrumpe y el índice en uso sigue igual.
"""

import gc
import logging
import multiprocessing
import os
import signal
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import NamedTuple, Self, cast

from django.conf import settings
from django.db import connection as base

from archivo.catalogo.puerta import Item
from archivo.indexacion.arranque import arrancar
from archivo.indexacion.documentos import operaciones
from archivo.indexacion.lectura import Tramo, lotes_del_tramo
from archivo.indexacion.motor import motor
from archivo.indexacion.rechazos import por_partes
from search import Prepared, SearchError

registro = logging.getLogger("archivo.indexacion")
POCOS = 20_000
"""Elementos hasta los que no vale la pena arrancar otros procesos."""
LOS_MAS = 4
"""Procesos que se usan sin que nadie lo pida: con más, quien escribe ya no da abasto."""
ENCARGOS = 2
"""Tramos que cada proceso tiene de una vez, para no esperar el siguiente."""
PACIENCIA = 10.0
LATIDO = 5.0
"""Segundos que se espera a que alguien acabe algo antes de decir que se sigue esperando."""


class Listo(NamedTuple):
    """Cuántos elementos y sus documentos, o (sin documentos) los que no se pudieron preparar."""

    elementos: int
    documentos: Prepared | None
    apartados: tuple[int, ...] = ()


class ConstruccionInterrumpida(SearchError):
    """El índice nuevo no se puede terminar como se esperaba."""


@dataclass(frozen=True)
class Falla:
    """Lo que un proceso no pudo preparar, dicho para una persona."""

    motivo: str


def cuantos(total: int) -> int:
    """Con cuántos procesos preparar un índice de tantos elementos: los que dice el ajuste o, si no dice, según los núcleos."""
    if settings.ACERVO_PROCESOS_DEL_INDICE:
        return int(settings.ACERVO_PROCESOS_DEL_INDICE)
    return 1 if total < POCOS else min(LOS_MAS, os.cpu_count() or 1)


def preparar(tramo: Tramo) -> Iterator[Listo]:
    """Los documentos de un tramo, lote por lote."""
    apartados: list[int] = []
    for lote in lotes_del_tramo(tramo):
        yield from por_partes(lote, _documentos, lambda item, _: apartados.append(item.pk))
    if apartados:
        yield Listo(len(apartados), None, tuple(apartados))


def _documentos(elementos: Sequence[Item]) -> Listo:
    return Listo(len(elementos), motor().prepare(operaciones(elementos)))


def preparados(tramos: Iterator[Tramo], procesos: int) -> Generator[Listo, None, None]:
    """Los documentos de todos los tramos, en el orden en que van quedando.

    Raises:
        ConstruccionInterrumpida: un proceso murió o no pudo.
    """
    if procesos == 1:
        for tramo in tramos:
            yield from preparar(tramo)
        return
    with Cuadrilla(procesos) as cuadrilla:
        yield from cuadrilla.preparados(tramos)


class Cuadrilla:
    """Unos procesos que preparan tramos."""

    def __init__(self, procesos: int) -> None:
        self._procesos: dict[Connection, BaseProcess] = {}
        contexto = multiprocessing.get_context("spawn")
        for _ in range(procesos):
            propia, ajena = contexto.Pipe()
            proceso = contexto.Process(target=arrancar, args=(f"{__name__}:trabajar", ajena), daemon=True)
            proceso.start()
            ajena.close()
            self._procesos[propia] = proceso

    def __enter__(self) -> Self:
        return self

    def __exit__(self, tipo: type[BaseException] | None, error: BaseException | None, traza: TracebackType | None) -> None:
        """Con el tubo cerrado, cada proceso termina solo; al que no, se le hace terminar."""
        for tubo in self._procesos:
            tubo.close()
        for proceso in self._procesos.values():
            proceso.join(PACIENCIA)
            if proceso.is_alive():
                proceso.kill()
                proceso.join()

    def preparados(self, tramos: Iterator[Tramo]) -> Iterator[Listo]:
        """Reparte los tramos conforme cada quien acaba, y entrega lo preparado. Si nadie acaba nada, a ratos, nada: quien escribe
        en un motor de otra máquina tiene que decir que ahí sigue."""
        encargos = dict.fromkeys(self._procesos, 0)
        for tubo in [*self._procesos] * ENCARGOS:
            encargos[tubo] += self._encargar(tubo, tramos)
        while ocupados := [tubo for tubo, cuantos in encargos.items() if cuantos]:
            oidos = cast("list[Connection]", wait(ocupados, LATIDO))
            if not oidos:
                yield Listo(0, None)
            for tubo in oidos:
                if (listo := self._recibir(tubo)) is not None:
                    yield listo
                else:
                    encargos[tubo] += self._encargar(tubo, tramos) - 1

    def _encargar(self, tubo: Connection, tramos: Iterator[Tramo]) -> int:
        tramo = next(tramos, None)
        if tramo is None:
            return 0
        try:
            tubo.send(tramo)
        except OSError as error:
            raise self._perdido(tubo) from error
        return 1

    def _recibir(self, tubo: Connection) -> Listo | None:
        try:
            dicho = tubo.recv()
        except (EOFError, OSError) as error:
            raise self._perdido(tubo) from error
        if isinstance(dicho, Falla):
            raise ConstruccionInterrumpida(f"Un proceso no pudo preparar su parte: {dicho.motivo}")
        return cast("Listo | None", dicho)

    def _perdido(self, tubo: Connection) -> ConstruccionInterrumpida:
        proceso = self._procesos[tubo]
        proceso.join(PACIENCIA)
        return ConstruccionInterrumpida(
            f"Uno de los procesos que preparan el índice terminó de golpe (código {proceso.exitcode}). Si fue por falta de "
            "memoria, use menos procesos (ACERVO_PROCESOS_DEL_INDICE=1)."
        )


def trabajar(tubo: Connection) -> None:
    """Lo que hace cada proceso: preparar los tramos que le encargan hasta que le cierran el tubo."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C llega a todos; el principal decide
    gc.freeze()
    gc.disable()  # recoger a mano tras cada lote, que es cuando hay qué, ahorra la cuarta parte del procesador
    try:
        while True:
            tramo = tubo.recv()
            for listo in _sin_romper(tramo):
                tubo.send(listo)
                gc.collect()
            tubo.send(None)
    except (EOFError, OSError):
        registro.debug("Quien construye el índice ya no pide más.")
    finally:
        base.close()


def _sin_romper(tramo: Tramo) -> Iterator[Listo | Falla]:
    try:
        yield from preparar(tramo)
    except Exception as error:  # noqa: BLE001 - se dice a quien construye, que interrumpe
        registro.exception("No se pudo preparar el tramo %s del índice.", tramo)
        yield Falla(f"{type(error).__name__}: {error}")
