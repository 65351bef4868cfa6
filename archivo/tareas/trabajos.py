"""Encargar trabajo a nombre de una persona, contarle cómo va y dejar que lo cancele o lo repita."""

import time
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.tasks import Task, TaskResultStatus
from django.utils import timezone

from archivo.identidad.puerta import lector_de
from archivo.tareas.ejecucion import ejecucion_actual
from archivo.tareas.errores import AccionImposible
from archivo.tareas.models import Encargo, EstadoDeTrabajo, Trabajo

PAUSA_ENTRE_AVISOS = 0.5
ROLES_QUE_VEN_TODO = ("administracion", "auditoria")


@transaction.atomic
def encargar(
    tarea: Task, *args: Any, descripcion: str, actor: Any = None, objeto: str = "", desde: datetime | None = None
) -> Trabajo:
    """Encola `tarea(*args)` con una página de avance. `objeto`: `item:<clave>`; `desde`: no antes de ese momento."""
    encolada = (tarea.using(run_after=desde) if desde else tarea).enqueue(*args)
    return Trabajo.objects.create(
        encargo=Encargo.objects.get(pk=encolada.id), descripcion=descripcion[:300], actor=actor, objeto=objeto
    )


def trabajo_actual() -> Trabajo | None:
    """El trabajo que corre en este hilo; None fuera de una tarea o si nadie lo mira."""
    ejecucion = ejecucion_actual()
    return ejecucion.trabajo if ejecucion else None


def avanzar(avance: int | None = None, total: int | None = None, mensaje: str | None = None) -> None:
    """Cuenta a quien espera cuánto va. No hace nada fuera de un trabajo.

    Se escribe como mucho dos veces por segundo, y siempre al llegar al total. Dentro de una transacción sólo se ve al confirmarla.
    """
    ejecucion, trabajo = ejecucion_actual(), trabajo_actual()
    if ejecucion is None or trabajo is None:
        return
    novedades = {"avance": avance, "total": total, "mensaje": None if mensaje is None else mensaje[:300]}
    for campo, valor in novedades.items():
        if valor is not None:
            setattr(trabajo, campo, valor)
    ahora = time.monotonic()
    if trabajo.avance == trabajo.total or ahora - ejecucion.avisado >= PAUSA_ENTRE_AVISOS:
        ejecucion.avisado = ahora
        trabajo.save(update_fields=list(novedades))


def cancelado() -> bool:
    """¿Pidió alguien cancelar este trabajo? La tarea que recibe True deja todo en orden y vuelve."""
    trabajo = trabajo_actual()
    if trabajo is None:
        return False
    if not Trabajo.objects.filter(pk=trabajo.pk, cancelacion_pedida__isnull=False).exists():
        return False
    Trabajo.objects.filter(pk=trabajo.pk).update(cancelado_en=timezone.now())
    return True


@transaction.atomic
def cancelar(trabajo: Trabajo) -> Trabajo:
    """Pide cancelar: lo que espera ya no corre; lo que corre se detiene cuando su tarea lo note."""
    encargo = Encargo.objects.select_for_update().get(pk=trabajo.encargo_id)
    if Trabajo.objects.select_related("encargo").get(pk=trabajo.pk).terminado:
        raise AccionImposible("Este trabajo ya terminó; no hay nada que cancelar.")
    ahora = timezone.now()
    trabajo.cancelacion_pedida = trabajo.cancelacion_pedida or ahora
    if encargo.estado == TaskResultStatus.READY:
        trabajo.cancelado_en = ahora
        encargo.estado, encargo.terminado = TaskResultStatus.FAILED, ahora
        encargo.error = "Se canceló antes de empezar."
        encargo.save(update_fields=["estado", "terminado", "error"])
    trabajo.save(update_fields=["cancelacion_pedida", "cancelado_en"])
    trabajo.encargo = encargo
    return trabajo


@transaction.atomic
def reintentar(trabajo: Trabajo) -> Trabajo:
    """Vuelve a encolar un trabajo fallido o cancelado, con la cuenta de intentos en cero."""
    actual = Trabajo.objects.select_related("encargo").select_for_update(of=("self",)).get(pk=trabajo.pk)
    if actual.estado not in {EstadoDeTrabajo.FALLIDO, EstadoDeTrabajo.CANCELADO}:
        raise AccionImposible("Sólo se repite un trabajo que falló o se canceló.")
    encargo = actual.encargo
    encargo.estado, encargo.desde, encargo.intentos = TaskResultStatus.READY, timezone.now(), 0
    encargo.terminado, encargo.error, encargo.excepcion, encargo.traza = None, "", "", ""
    encargo.save()
    actual.cancelacion_pedida = actual.cancelado_en = None
    actual.avance, actual.mensaje = 0, ""
    actual.save()
    return actual


def visibles_para(usuario: Any) -> QuerySet[Trabajo]:
    """Los trabajos de la persona; administración y auditoría ven todos."""
    trabajos = Trabajo.objects.select_related("encargo", "actor")
    if lector_de(usuario).tiene(*ROLES_QUE_VEN_TODO):
        return trabajos
    return trabajos.filter(Q(actor_id=usuario.pk) & Q(actor_id__isnull=False))
