"""Encargar trabajo a nombre de una persona, contarle cómo va y dejar que lo cancele o lo repita."""

import time
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.tasks import Task, TaskResultStatus
from django.utils import timezone

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.identidad.puerta import lector_de
from archivo.tareas.ejecucion import ejecucion_actual
from archivo.tareas.errores import AccionImposible
from archivo.tareas.models import Encargo, EstadoDeTrabajo, FallaDeTrabajo, Trabajo

PAUSA_ENTRE_AVISOS = 0.5
ROLES_QUE_VEN_TODO = ("administracion", "auditoria")
SE_REPITEN = (EstadoDeTrabajo.FALLIDO, EstadoDeTrabajo.EN_PARTE, EstadoDeTrabajo.CANCELADO)


@transaction.atomic
def encargar(
    tarea: Task, *args: Any, descripcion: str, actor: Any = None, objeto: str = "", desde: datetime | None = None
) -> Trabajo:
    """Encola `tarea(*args)` con una página de avance. `objeto`: `item:<clave>`; `desde`: no antes de ese momento."""
    encolada = (tarea.using(run_after=desde) if desde else tarea).enqueue(*args)
    return Trabajo.objects.create(
        encargo=Encargo.objects.get(pk=encolada.id), descripcion=descripcion[:300], actor=actor, objeto=objeto
    )


def en_curso(objeto: str, **de_quien: Any) -> Trabajo | None:
    """El trabajo sobre ese objeto que espera o corre y nadie canceló (`actor=`: de esa persona): para no encargar dos veces lo mismo."""
    sin_terminar = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return Trabajo.objects.filter(objeto=objeto, encargo__estado__in=sin_terminar, cancelacion_pedida=None, **de_quien).first()


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


def anotar_fallas(fallas: Iterable[tuple[str, str]]) -> None:
    """Deja dicho qué parte del trabajo no se pudo: pares (qué, por qué). No hace nada fuera de un trabajo.

    El trabajo que termina con fallas dice cuántas y nunca «terminado»; quien lo encargó las descarga. La misma cosa cuenta una vez.
    """
    trabajo = trabajo_actual()
    if trabajo is None:
        return
    nuevas = [FallaDeTrabajo(trabajo=trabajo, referencia=que[:200], motivo=razon) for que, razon in fallas]
    FallaDeTrabajo.objects.bulk_create(
        nuevas, update_conflicts=True, unique_fields=["trabajo", "referencia"], update_fields=["motivo"], batch_size=500
    )
    trabajo.fallidos = trabajo.fallas.count()
    trabajo.save(update_fields=["fallidos"])


def cancelado() -> bool:
    """¿Pidió alguien cancelar este trabajo? La tarea que recibe True deja todo en orden y vuelve."""
    trabajo = trabajo_actual()
    if trabajo is None:
        return False
    if not Trabajo.objects.filter(pk=trabajo.pk, cancelacion_pedida__isnull=False).exists():
        return False
    Trabajo.objects.filter(pk=trabajo.pk).update(cancelado_en=timezone.now())
    return True


def _anotar(clase: str, trabajo: Trabajo, actor: Any) -> None:
    registrar(
        SucesoNuevo(clase=f"trabajo.{clase}", objeto=f"trabajo:{trabajo.pk}", actor=actor, detalle={"de": trabajo.actor_id})
    )


@transaction.atomic
def cancelar(trabajo: Trabajo, actor: Any = None) -> Trabajo:
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
    _anotar("cancelado", trabajo, actor)
    return trabajo


@transaction.atomic
def reintentar(trabajo: Trabajo, actor: Any = None) -> Trabajo:
    """Vuelve a encolar un trabajo fallido, a medias o cancelado, con la cuenta de intentos en cero y sin sus fallas."""
    actual = Trabajo.objects.select_related("encargo").select_for_update(of=("self",)).get(pk=trabajo.pk)
    if actual.estado not in SE_REPITEN:
        raise AccionImposible("Sólo se repite un trabajo que falló, quedó a medias o se canceló.")
    encargo = actual.encargo
    encargo.estado, encargo.desde, encargo.intentos = TaskResultStatus.READY, timezone.now(), 0
    encargo.terminado, encargo.error, encargo.excepcion, encargo.traza = None, "", "", ""
    encargo.save()
    actual.fallas.all().delete()
    actual.cancelacion_pedida = actual.cancelado_en = actual.enterado_en = None
    actual.avance, actual.fallidos, actual.mensaje = 0, 0, ""
    actual.save()
    _anotar("repetido", actual, actor)
    return actual


def visibles_para(usuario: Any) -> QuerySet[Trabajo]:
    """Los trabajos de la persona; administración y auditoría ven todos."""
    trabajos = Trabajo.objects.select_related("encargo", "actor")
    if lector_de(usuario).tiene(*ROLES_QUE_VEN_TODO):
        return trabajos
    return trabajos.filter(Q(actor_id=usuario.pk) & Q(actor_id__isnull=False))


def puede_mandar(usuario: Any, trabajo: Trabajo) -> bool:
    """¿Puede cancelarlo, repetirlo o darse por enterado? Quien lo encargó o administra; auditoría sólo mira."""
    return trabajo.actor_id == usuario.pk or lector_de(usuario).tiene("administracion")


def lee_su_detalle(usuario: Any, trabajo: Trabajo) -> bool:
    """¿Lee de qué trata, su resultado y lo que no pudo? Citan documentos: quien administra ve que existe y cómo va, no más."""
    return trabajo.actor_id in {usuario.pk, None} or lector_de(usuario).tiene("auditoria")


def suyos(usuario: Any) -> QuerySet[Trabajo]:
    """Los que esa persona encargó, lo último primero."""
    return Trabajo.objects.select_related("encargo", "actor").filter(actor_id=usuario.pk, actor_id__isnull=False)


def sin_atender(usuarios: Collection[int]) -> QuerySet[Trabajo]:
    """Los que fallaron o quedaron a medias y nadie ha leído, encargados por esas personas (sus claves)."""
    mal = Q(encargo__estado=TaskResultStatus.FAILED, cancelado_en__isnull=True)
    a_medias = Q(encargo__estado=TaskResultStatus.SUCCESSFUL, fallidos__gt=0)
    vivos = Trabajo.objects.filter(mal | a_medias, actor_id__in=list(usuarios), enterado_en__isnull=True)
    return vivos.select_related("encargo", "actor").order_by("id")


def dar_por_enterado(trabajo: Trabajo) -> Trabajo:
    """Quien lo encargó leyó en qué terminó: deja de esperarle en la bandeja."""
    if not trabajo.terminado:
        raise AccionImposible("Este trabajo todavía no termina.")
    trabajo.enterado_en = timezone.now()
    trabajo.save(update_fields=["enterado_en"])
    return trabajo
