"""El trabajador embebido: hilos que toman encargos, uno que renueva arriendos y otro que llama a las periódicas."""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Collection
from types import FrameType

from django.db import DatabaseError, close_old_connections, connections

from archivo.tareas import cola, ejecucion
from archivo.tareas.models import Encargo
from archivo.tareas.periodicas import correr_debidas

logger = logging.getLogger("archivo.tareas")

COLA_PESADA = "pesada"
PLAZO_DE_APAGADO = 10.0
PAUSA = 0.5


def nombre_propio() -> str:
    """Cómo se identifica este proceso en los encargos que toma."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


class Trabajador:
    """Corre encargos hasta que se le pide parar. Un hilo atiende sólo lo ligero, para que nunca espere a lo pesado."""

    def __init__(self, pausa: float = PAUSA) -> None:
        self.nombre = nombre_propio()
        self.pausa = pausa
        self.alto = threading.Event()
        self.fin = threading.Event()
        self._en_curso: dict[int, Encargo] = {}

    def detener(self, senal: int | None = None, marco: FrameType | None = None) -> None:
        """Pide parar; sirve de manejador de SIGTERM y SIGINT."""
        self.alto.set()

    def correr(self) -> bool:
        """Trabaja hasta `detener`. False si algún encargo no terminó en el plazo y se devolvió a la cola."""
        obra = [
            self._hilo("ligero", lambda: self._atender((COLA_PESADA,)), self.pausa, self.alto),
            self._hilo("general", lambda: self._atender(()), self.pausa, self.alto),
            self._hilo("reloj", lambda: correr_debidas() < 0, 1.0, self.alto),
        ]
        latido = self._hilo("latido", self._latir, cola.arriendo().total_seconds() / 3, self.fin)
        while not self.alto.wait(1.0):
            continue
        a_tiempo = self._apagar(obra)
        self.fin.set()
        latido.join(1.0)
        return a_tiempo

    def _hilo(self, nombre: str, paso: Callable[[], bool], pausa: float, alto: threading.Event) -> threading.Thread:
        hilo = threading.Thread(target=self._ciclo, args=(paso, pausa, alto), name=nombre, daemon=True)
        hilo.start()
        return hilo

    def _ciclo(self, paso: Callable[[], bool], pausa: float, alto: threading.Event) -> None:
        try:
            while not alto.is_set():
                if not self._un_paso(paso):
                    alto.wait(pausa)
        finally:
            connections.close_all()

    def _un_paso(self, paso: Callable[[], bool]) -> bool:
        close_old_connections()
        try:
            return paso()
        except DatabaseError:
            logger.exception("La base de datos no respondió al trabajador; sigue intentando.")
            return False

    def _atender(self, excepto: Collection[str]) -> bool:
        encargo = cola.tomar(self.nombre, excepto)
        if encargo is None:
            return False
        hilo = threading.get_ident()
        self._en_curso[hilo] = encargo
        try:
            ejecucion.correr(encargo)
        finally:
            del self._en_curso[hilo]
        return True

    def _latir(self) -> bool:
        cola.renovar(list(self._en_curso.values()))
        return False

    def _apagar(self, obra: list[threading.Thread]) -> bool:
        limite = time.monotonic() + PLAZO_DE_APAGADO
        for hilo in obra:
            hilo.join(max(0.0, limite - time.monotonic()))
        interrumpidos = list(self._en_curso.values())
        for encargo in interrumpidos:
            logger.warning("%s no terminó en %.0f s; vuelve a la cola.", encargo.tarea, PLAZO_DE_APAGADO)
            cola.soltar(encargo)
        return not interrumpidos


def escuchar_senales(trabajador: Trabajador) -> None:
    """SIGTERM y SIGINT piden parar con orden."""
    for senal in (signal.SIGTERM, signal.SIGINT):
        signal.signal(senal, trabajador.detener)
