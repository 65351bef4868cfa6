"""Tomar, renovar, terminar y rescatar encargos. Sólo escribe el intento en curso: quien perdió el arriendo, no."""

import logging
import time
import traceback
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.tasks import TaskResultStatus
from django.utils import timezone

from archivo.tareas.errores import TareaAbandonada
from archivo.tareas.models import Encargo, TareaPeriodica

logger = logging.getLogger("archivo.tareas")

MAX_INTENTOS = 5
INTENTOS_DE_ESCRITURA = 5


def arriendo() -> timedelta:
    """Cuánto dura un arriendo sin renovarse (`ACERVO_ARRIENDO_SEGUNDOS`)."""
    return timedelta(seconds=getattr(settings, "ACERVO_ARRIENDO_SEGUNDOS", 60))


def insistir(escribir: Callable[[], Any]) -> Any:
    """Repite una escritura que encuentra la base ocupada (SQLite con otra transacción larga)."""
    for intento in range(1, INTENTOS_DE_ESCRITURA):
        try:
            return escribir()
        except OperationalError:
            logger.warning("La base está ocupada; se repite la escritura (%s de %s).", intento, INTENTOS_DE_ESCRITURA)
            time.sleep(0.2 * intento)
    return escribir()


def tomar(trabajador: str, excepto_colas: Collection[str] = ()) -> Encargo | None:
    """El siguiente encargo que puede correr, ya arrendado por `trabajador`; None si no hay."""
    listos = Encargo.objects.listos().exclude(cola__in=list(excepto_colas))
    if not listos.exists():
        return None
    with transaction.atomic():
        encargo = listos.select_for_update(skip_locked=True).first()
        if encargo is None:
            return None
        ahora = timezone.now()
        encargo.estado, encargo.arriendo_hasta, encargo.ultimo_intento = TaskResultStatus.RUNNING, ahora + arriendo(), ahora
        encargo.iniciado = encargo.iniciado or ahora
        encargo.intentos += 1
        encargo.trabajadores = [*encargo.trabajadores, trabajador[:64]]
        encargo.save(update_fields=["estado", "arriendo_hasta", "ultimo_intento", "iniciado", "intentos", "trabajadores"])
    return encargo


def renovar(encargos: Collection[Encargo]) -> None:
    """Alarga el arriendo de los encargos en curso."""
    for encargo in encargos:
        _del_intento(encargo).update(arriendo_hasta=timezone.now() + arriendo())


def _del_intento(encargo: Encargo) -> Any:
    return Encargo.objects.filter(pk=encargo.pk, estado=TaskResultStatus.RUNNING, ultimo_intento=encargo.ultimo_intento)


def _cerrar(encargo: Encargo, **valores: Any) -> bool:
    valores = {"arriendo_hasta": None} | valores
    del_intento = _del_intento(encargo)
    escrito = insistir(lambda: del_intento.update(**valores))
    if not escrito:
        logger.warning("El encargo %s ya no era de este trabajador; su resultado no se anota.", encargo.pk)
    for campo, valor in valores.items():
        setattr(encargo, campo, valor)
    return bool(escrito)


def terminar(encargo: Encargo, resultado: Any) -> bool:
    """Anota que la tarea terminó bien."""
    return _cerrar(encargo, estado=TaskResultStatus.SUCCESSFUL, terminado=timezone.now(), resultado=resultado, error="")


def fallar(encargo: Encargo, error: BaseException) -> bool:
    """Anota que la tarea falló y por qué."""
    return _cerrar(
        encargo,
        estado=TaskResultStatus.FAILED,
        terminado=timezone.now(),
        error=str(error) or type(error).__name__,
        excepcion=f"{type(error).__module__}.{type(error).__qualname__}",
        traza="".join(traceback.format_exception(error)),
    )


def devolver(encargo: Encargo, motivo: str, en: timedelta = timedelta(0)) -> bool:
    """Regresa el encargo a la cola para después de `en`; agotados los intentos, lo da por abandonado."""
    if encargo.intentos >= MAX_INTENTOS:
        return fallar(encargo, TareaAbandonada(f"Abandonada después de {encargo.intentos} intentos: {motivo}"))
    return _cerrar(encargo, estado=TaskResultStatus.READY, desde=timezone.now() + en, error=motivo)


def soltar(encargo: Encargo) -> bool:
    """Regresa a la cola un encargo interrumpido por el apagado: ese intento no cuenta."""
    return _cerrar(encargo, estado=TaskResultStatus.READY, intentos=encargo.intentos - 1)


def ceder(encargo: Encargo) -> bool:
    """Regresa a la cola, detrás de los que esperan, un encargo que hizo una parte: ese intento no cuenta."""
    return _cerrar(encargo, estado=TaskResultStatus.READY, intentos=encargo.intentos - 1, desde=timezone.now())


def barrer() -> int:
    """Rescata los encargos de trabajadores que murieron; devuelve cuántos."""
    rescatados = 0
    for encargo in Encargo.objects.vencidos():
        with transaction.atomic():
            vigente = Encargo.objects.vencidos().select_for_update(skip_locked=True).filter(pk=encargo.pk).first()
            if vigente is not None:
                rescatados += devolver(vigente, "el trabajador dejó de dar señales de vida")
    return rescatados


def pendientes() -> int:
    """Cuántos encargos esperan o corren."""
    return Encargo.objects.filter(estado__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]).count()


def limpiar(antiguedad: timedelta = timedelta(days=30)) -> int:
    """Borra los encargos terminados hace más de `antiguedad`; devuelve cuántos."""
    return Encargo.objects.filter(terminado__lt=timezone.now() - antiguedad).delete()[0]


def estado_de_la_cola() -> dict[str, Any]:
    """Cuántos encargos esperan, corren y fallaron, y cuánto lleva esperando el más antiguo."""
    ahora = timezone.now()
    mas_antiguo = Encargo.objects.listos(ahora).order_by("desde").values_list("desde", flat=True).first()
    return {
        "en_espera": Encargo.objects.filter(estado=TaskResultStatus.READY).count(),
        "en_curso": Encargo.objects.filter(estado=TaskResultStatus.RUNNING).count(),
        "fallidas": Encargo.objects.filter(estado=TaskResultStatus.FAILED, terminado__isnull=False).count(),
        "espera_mayor_segundos": round((ahora - mas_antiguo).total_seconds(), 1) if mas_antiguo else 0,
        "periodicas_con_falla": dict(TareaPeriodica.objects.exclude(falla="").values_list("nombre", "falla")),
    }
