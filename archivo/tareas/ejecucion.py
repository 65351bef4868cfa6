"""Correr un encargo y anotar en qué terminó."""

import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db import OperationalError
from django.tasks import TaskContext
from django.tasks.signals import task_finished, task_started
from django.utils.json import normalize_json

from archivo.tareas import cola
from archivo.tareas.errores import CederElTurno, Reintentar
from archivo.tareas.models import Encargo, Trabajo

logger = logging.getLogger("archivo.tareas")


@dataclass
class Ejecucion:
    """Un encargo que corre en este hilo y el trabajo que alguien mira, si lo hay."""

    encargo: Encargo
    avisado: float = 0.0

    @cached_property
    def trabajo(self) -> Trabajo | None:
        """El trabajo del encargo; None si nadie lo mira."""
        return Trabajo.objects.filter(encargo=self.encargo).first()


_ejecucion: ContextVar[Ejecucion | None] = ContextVar("ejecucion", default=None)


def ejecucion_actual() -> Ejecucion | None:
    """Lo que corre en este hilo, o None fuera de una tarea."""
    return _ejecucion.get()


@contextmanager
def _en_curso(encargo: Encargo) -> Iterator[None]:
    ficha = _ejecucion.set(Ejecucion(encargo))
    try:
        yield
    finally:
        _ejecucion.reset(ficha)


def _llamar(encargo: Encargo) -> Any:
    tarea = encargo.como_tarea
    contexto: list[Any] = [TaskContext(task_result=encargo.como_resultado)] if tarea.takes_context else []
    task_started.send(type(tarea.get_backend()), task_result=encargo.como_resultado)
    return normalize_json(tarea.call(*contexto, *encargo.argumentos["args"], **encargo.argumentos["kwargs"]))


def _avisar(encargo: Encargo) -> None:
    try:
        tarea = encargo.como_tarea
    except ImportError:
        logger.exception("El encargo %s apunta a una tarea que ya no existe: %s.", encargo.pk, encargo.tarea)
        return
    task_finished.send(type(tarea.get_backend()), task_result=encargo.como_resultado)


def correr(encargo: Encargo) -> None:
    """Ejecuta un encargo ya tomado y anota el resultado, la falla o que se reintentará."""
    with _en_curso(encargo):
        try:
            resultado = _llamar(encargo)
        except Reintentar as pausa:
            cola.devolver(encargo, str(pausa), pausa.en)
        except CederElTurno:
            cola.ceder(encargo)
        except OperationalError as error:
            logger.warning("La base no respondió en %s; se reintenta.", encargo.tarea, exc_info=True)
            cola.devolver(encargo, f"la base de datos no respondió ({error})", timedelta(seconds=5 * encargo.intentos))
        except (Exception, SystemExit) as error:
            logger.exception("Falló %s (%s).", encargo.tarea, encargo.pk)
            cola.fallar(encargo, error)
            _avisar(encargo)
        else:
            cola.terminar(encargo, resultado)
            _avisar(encargo)


def drenar(trabajador: str = "en-linea", excepto_colas: Collection[str] = ()) -> int:
    """Corre en este hilo todo lo que ya puede correr; devuelve cuántos encargos corrió."""
    corridos = 0
    while encargo := cola.tomar(trabajador, excepto_colas):
        correr(encargo)
        corridos += 1
    return corridos
