"""Tareas que se repiten cada cierto tiempo. Varios trabajadores a la vez no las duplican: el turno es una fila."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from archivo.auditoria.puerta import sellar
from archivo.tareas.cola import barrer, limpiar
from archivo.tareas.models import TareaPeriodica

logger = logging.getLogger("archivo.tareas")

RELOJES_DESIGUALES = timedelta(minutes=1)
"""Lo que un turno puede estar más lejos de lo debido sin suponer que el reloj retrocedió."""

Funcion = Callable[[], object]


@dataclass(frozen=True)
class Periodica:
    """Una función sin argumentos y cada cuánto se llama."""

    nombre: str
    cada: timedelta
    funcion: Funcion


registradas: dict[str, Periodica] = {}


def periodica(cada: timedelta) -> Callable[[Funcion], Funcion]:
    """Registra una función para que el trabajador la llame `cada` tanto. Debe ser breve y poder repetirse."""

    def registrar(funcion: Funcion) -> Funcion:
        nombre = f"{funcion.__module__}.{funcion.__qualname__}"
        registradas[nombre] = Periodica(nombre, cada, funcion)
        return funcion

    return registrar


def _ganar_turno(tarea: Periodica) -> bool:
    ahora = timezone.now()
    fila = TareaPeriodica.objects.filter(pk=tarea.nombre).first()
    if fila is None:
        _, nueva = TareaPeriodica.objects.get_or_create(
            pk=tarea.nombre, defaults={"proxima": ahora + tarea.cada, "ultima": ahora}
        )
        return nueva
    if ahora < fila.proxima <= ahora + tarea.cada + RELOJES_DESIGUALES:
        return False
    mismo_turno = TareaPeriodica.objects.filter(pk=tarea.nombre, proxima=fila.proxima)
    return bool(mismo_turno.update(proxima=ahora + tarea.cada, ultima=ahora))


def _correr(tarea: Periodica) -> None:
    try:
        tarea.funcion()
    except Exception as error:
        logger.exception("Falló la tarea periódica %s.", tarea.nombre)
        TareaPeriodica.objects.filter(pk=tarea.nombre).update(falla=f"{timezone.now():%Y-%m-%d %H:%M} {error}")
    else:
        TareaPeriodica.objects.filter(pk=tarea.nombre).exclude(falla="").update(falla="")


def correr_debidas() -> int:
    """Llama a las periódicas a las que ya les toca; devuelve cuántas. La falla de una no detiene a las demás."""
    corridas = 0
    for tarea in list(registradas.values()):
        if _ganar_turno(tarea):
            _correr(tarea)
            corridas += 1
    return corridas


periodica(timedelta(seconds=5))(sellar)
periodica(timedelta(seconds=10))(barrer)
periodica(timedelta(hours=6))(limpiar)
