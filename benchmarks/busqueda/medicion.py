"""Tomar los tiempos: uno solo, producto y motor desnudo por turno; y ocho procesos en círculo cerrado."""

from __future__ import annotations

import multiprocessing as mp
import os
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.busqueda.filas import CALENTAR, Fila, Forma
from benchmarks.busqueda.preguntas import Pregunta

PACIENCIA = 300
"""Segundos que se espera a que todos los clientes abran lo suyo; uno que muere no deja a los demás esperando."""
Abrir = Callable[[], list[Fila]]


@dataclass
class Tiempos:
    """Milisegundos de cada consulta; `por_segundo` sólo con varios clientes."""

    pared: list[float] = field(default_factory=list)
    procesador: list[float] = field(default_factory=list)
    resultados: int = 0
    por_segundo: float = 0.0

    def parte(self, columna: str, cual: float) -> float:
        """El percentil `cual` (de 0 a 1) de «pared» o de «procesador»."""
        orden = sorted(getattr(self, columna))
        return orden[min(len(orden) - 1, int(len(orden) * cual))] if orden else 0.0

    @property
    def suma(self) -> float:
        return sum(self.procesador)


def una(forma: Forma, pregunta: Pregunta, en: Tiempos, pid: int = 0) -> int:
    """Con `pid`, el procesador suma el de ese servidor (que el sistema cuenta de centésima en centésima)."""
    inicio, gastado = time.perf_counter(), _procesador(pid)
    hallados = forma(pregunta)
    en.procesador.append((_procesador(pid) - gastado) * 1000)
    en.pared.append((time.perf_counter() - inicio) * 1000)
    en.resultados += hallados
    return hallados


def _procesador(pid: int) -> float:
    if not pid:
        return time.process_time()
    usuario, sistema = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + (int(usuario) + int(sistema)) / os.sysconf("SC_CLK_TCK")


def un_cliente(fila: Fila, pid: int = 0) -> tuple[Tiempos, Tiempos]:
    """Cada pregunta al producto y al motor desnudo, cada vez uno primero, para que la máquina trate igual a los dos.

    Raises:
        SystemExit: los totales difieren.
    """
    capa, desnuda = Tiempos(), Tiempos()
    for numero, pregunta in enumerate(fila.preguntas):
        formas = [(fila.capa, capa), *([(fila.desnuda, desnuda)] if fila.desnuda else [])]
        vistos = {una(forma, pregunta, en, pid) for forma, en in (formas if numero % 2 else reversed(formas))}
        if fila.iguales and len(vistos) > 1:
            raise SystemExit(f"{fila.nombre}: totales distintos para {pregunta}: {sorted(vistos)}")
    return capa, desnuda


def varios(abrir: Abrir, numero: int, clientes: int, *, desnuda: bool) -> Tiempos:
    """La fila de ese número en `clientes` procesos a la vez; cada uno abre lo suyo y empieza por otra pregunta."""
    contexto: Any = mp.get_context("fork")
    salida, barrera = contexto.Barrier(clientes + 1, timeout=PACIENCIA), list[Connection]()
    procesos = []
    for cual in range(clientes):
        recibe, envia = contexto.Pipe(duplex=False)
        lugar = (numero, cual, desnuda)
        proceso = contexto.Process(target=_cliente, args=(abrir, lugar, salida, envia))
        proceso.start()
        envia.close()
        procesos.append(proceso)
        barrera.append(recibe)
    salida.wait()
    inicio = time.perf_counter()
    todos = Tiempos()
    for recibe in barrera:
        pared, procesador = recibe.recv()
        todos.pared += pared
        todos.procesador += procesador
    todos.por_segundo = len(todos.pared) / (time.perf_counter() - inicio)
    for proceso in procesos:
        proceso.join()
    return todos


def _cliente(abrir: Abrir, lugar: tuple[int, int, bool], salida: Any, envia: Connection) -> None:
    numero, cual, desnuda = lugar
    fila = abrir()[numero]
    forma = fila.desnuda if desnuda and fila.desnuda else fila.capa
    todas = _desde(fila.preguntas, cual)
    aparte = min(CALENTAR, len(todas) // 4)
    for pregunta in todas[:aparte]:
        forma(pregunta)
    suyos = Tiempos()
    salida.wait()
    for pregunta in todas[aparte:]:
        una(forma, pregunta, suyos)
    envia.send((suyos.pared, suyos.procesador))


def _desde(preguntas: Sequence[Pregunta], cual: int) -> list[Pregunta]:
    giro = cual * len(preguntas) // 8
    return [*preguntas[giro:], *preguntas[:giro]]


def memoria_mb() -> int:
    """La mayor de este proceso hasta ahora, en MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
