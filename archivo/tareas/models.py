"""La cola de tareas y lo que una persona ve de su trabajo."""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.tasks import Task, TaskResult, TaskResultStatus
from django.tasks.base import TaskError
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string


class EncargoQuerySet(models.QuerySet["Encargo"]):
    """Vocabulario de la cola."""

    def listos(self, ahora: datetime | None = None) -> "EncargoQuerySet":
        """Los que ya pueden correr, en el orden en que les toca."""
        return self.filter(estado=TaskResultStatus.READY, desde__lte=ahora or timezone.now()).order_by(
            F("prioridad").desc(), "desde", "encolado"
        )

    def vencidos(self, ahora: datetime | None = None) -> "EncargoQuerySet":
        """Los tomados por alguien que dejó de dar señales de vida."""
        return self.filter(estado=TaskResultStatus.RUNNING, arriendo_hasta__lt=ahora or timezone.now())


class Encargo(models.Model):
    """Una tarea encolada: fila escrita en la transacción de quien la encarga.

    Quien la toma la arrienda por unos segundos y renueva mientras trabaja; si muere, el arriendo vence y vuelve a la cola.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tarea = models.CharField("tarea", max_length=250)
    argumentos = models.JSONField("argumentos")
    prioridad = models.SmallIntegerField("prioridad", default=0)
    cola = models.CharField("cola", max_length=32, default="default")
    alias = models.CharField("backend", max_length=32, default="default")
    desde = models.DateTimeField("no antes de", default=timezone.now)
    estado = models.CharField("estado", max_length=10, choices=TaskResultStatus.choices, default=TaskResultStatus.READY)
    intentos = models.PositiveSmallIntegerField("intentos", default=0)
    trabajadores = models.JSONField("trabajadores", default=list)
    arriendo_hasta = models.DateTimeField("arriendo hasta", null=True)
    encolado = models.DateTimeField("encolado", default=timezone.now)
    iniciado = models.DateTimeField("primer inicio", null=True)
    ultimo_intento = models.DateTimeField("último inicio", null=True)
    terminado = models.DateTimeField("terminado", null=True)
    resultado = models.JSONField("resultado", null=True)
    error = models.TextField("error", blank=True)
    excepcion = models.CharField("clase de la excepción", max_length=250, blank=True)
    traza = models.TextField("traza", blank=True)

    objects = EncargoQuerySet.as_manager()

    class Meta:
        verbose_name = "encargo"
        verbose_name_plural = "encargos"
        indexes = [
            models.Index(
                F("prioridad").desc(), "desde", "encolado", name="encargo_por_turno", condition=Q(estado=TaskResultStatus.READY)
            ),
            models.Index("arriendo_hasta", name="encargo_por_arriendo", condition=Q(estado=TaskResultStatus.RUNNING)),
            models.Index("terminado", name="encargo_por_termino", condition=Q(terminado__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.tarea} ({self.estado})"

    @property
    def como_tarea(self) -> Task:
        """La tarea de `django.tasks` a la que apunta la fila; ImportError si su código ya no existe."""
        tarea = import_string(self.tarea)
        if not isinstance(tarea, Task):
            raise ImportError(f"{self.tarea} no es una tarea de django.tasks.")
        return tarea.using(priority=self.prioridad, queue_name=self.cola, run_after=self.desde, backend=self.alias)

    @property
    def como_resultado(self) -> TaskResult:
        """La fila como la espera `django.tasks`."""
        fallo = [TaskError(exception_class_path=self.excepcion, traceback=self.traza)] if self.excepcion else []
        resultado: TaskResult = TaskResult(
            task=self.como_tarea,
            id=str(self.pk),
            status=TaskResultStatus(self.estado),
            enqueued_at=self.encolado,
            started_at=self.iniciado,
            finished_at=self.terminado,
            last_attempted_at=self.ultimo_intento,
            args=self.argumentos["args"],
            kwargs=self.argumentos["kwargs"],
            backend=self.alias,
            errors=fallo,
            worker_ids=self.trabajadores,
        )
        object.__setattr__(resultado, "_return_value", self.resultado)
        return resultado


class EstadoDeTrabajo(models.TextChoices):
    """Lo que se dice a la persona que espera."""

    EN_ESPERA = "en_espera", "en espera"
    EN_CURSO = "en_curso", "en curso"
    HECHO = "hecho", "terminado"
    EN_PARTE = "en_parte", "se hizo en parte"
    FALLIDO = "fallido", "no se pudo terminar"
    CANCELADO = "cancelado", "cancelado"


_ESTADOS = {
    TaskResultStatus.READY: EstadoDeTrabajo.EN_ESPERA,
    TaskResultStatus.RUNNING: EstadoDeTrabajo.EN_CURSO,
    TaskResultStatus.SUCCESSFUL: EstadoDeTrabajo.HECHO,
    TaskResultStatus.FAILED: EstadoDeTrabajo.FALLIDO,
}


class Trabajo(models.Model):
    """Lo que una persona ve de un encargo: qué es, de quién, cuánto lleva y en qué terminó."""

    encargo = models.OneToOneField(Encargo, models.CASCADE, related_name="trabajo")
    descripcion = models.CharField("descripción", max_length=300)
    objeto = models.CharField("objeto", max_length=120, blank=True, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    creado = models.DateTimeField("encargado", default=timezone.now)
    avance = models.PositiveIntegerField("avance", default=0)
    total = models.PositiveIntegerField("total", null=True, blank=True)
    fallidos = models.PositiveIntegerField("fallidos", default=0)
    mensaje = models.CharField("mensaje", max_length=300, blank=True)
    cancelacion_pedida = models.DateTimeField("cancelación pedida", null=True, blank=True)
    cancelado_en = models.DateTimeField("cancelado", null=True, blank=True)
    enterado_en = models.DateTimeField("leyó la falla", null=True, blank=True)

    class Meta:
        verbose_name = "trabajo"
        verbose_name_plural = "trabajos"
        ordering = ("-id",)
        indexes = [models.Index(fields=["actor", "-id"], name="trabajo_por_actor")]

    def __str__(self) -> str:
        return self.descripcion

    def get_absolute_url(self) -> str:
        """La página de su avance."""
        return reverse("trabajo", args=[self.pk])

    @property
    def estado(self) -> EstadoDeTrabajo:
        """El estado de su encargo, `cancelado`, o `en_parte` si terminó y algo de lo suyo no se pudo."""
        if self.cancelado_en:
            return EstadoDeTrabajo.CANCELADO
        suyo = _ESTADOS[TaskResultStatus(self.encargo.estado)]
        return EstadoDeTrabajo.EN_PARTE if suyo is EstadoDeTrabajo.HECHO and self.fallidos else suyo

    @property
    def terminado(self) -> bool:
        """¿Ya no va a cambiar por sí solo?"""
        return self.estado not in {EstadoDeTrabajo.EN_ESPERA, EstadoDeTrabajo.EN_CURSO}

    @property
    def resultado(self) -> Any:
        """Lo que devolvió la tarea (JSON), o None."""
        return self.encargo.resultado

    @property
    def error(self) -> str:
        """Por qué no terminó, en palabras."""
        return self.encargo.error

    @property
    def estado_en_palabras(self) -> str:
        """El estado y, si algo no se pudo, cuánto: «se hizo en parte: 3 de 500 no se pudieron»."""
        if not self.fallidos:
            return str(self.estado.label)
        de = f" de {self.total:,}" if self.total else ""
        return f"{self.estado.label}: {self.fallidos:,}{de} no se {'pudo' if self.fallidos == 1 else 'pudieron'}"

    @property
    def porcentaje(self) -> int | None:
        """De 0 a 100, o None si no se sabe cuánto falta."""
        return min(100, self.avance * 100 // self.total) if self.total else None


class FallaDeTrabajo(models.Model):
    """Una cosa que el trabajo no pudo: la fila 37, el archivo tal. Repetirlo la vuelve a escribir, no la duplica."""

    trabajo = models.ForeignKey(Trabajo, models.CASCADE, related_name="fallas")
    referencia = models.CharField("qué", max_length=200)
    motivo = models.TextField("por qué")

    class Meta:
        verbose_name = "falla de un trabajo"
        verbose_name_plural = "fallas de un trabajo"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["trabajo", "referencia"], name="falla_una_por_cosa")]

    def __str__(self) -> str:
        return f"{self.referencia}: {self.motivo}"


class TareaPeriodica(models.Model):
    """Cuándo le toca a cada tarea periódica: la fila es el turno, así dos trabajadores no la repiten."""

    nombre = models.CharField("nombre", max_length=200, primary_key=True)
    proxima = models.DateTimeField("próxima vez")
    ultima = models.DateTimeField("última vez", null=True)
    falla = models.TextField("última falla", blank=True)

    class Meta:
        verbose_name = "tarea periódica"
        verbose_name_plural = "tareas periódicas"

    def __str__(self) -> str:
        return self.nombre
