"""El programa anual: lo programado por trimestre, con qué se mide el avance y por qué se alejó de lo previsto."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from archivo.auditoria.puerta import Historia
from archivo.identidad.puerta import Usuario


class MetaTrimestral(Historia):
    """Lo programado de un indicador en un trimestre. Reprogramar agrega otra fila, con su motivo: vale la última."""

    indicador = models.CharField("indicador", max_length=20)
    anio = models.PositiveSmallIntegerField("año")
    trimestre = models.PositiveSmallIntegerField("trimestre", choices=[(n, f"Trimestre {n}") for n in (1, 2, 3, 4)])
    programado = models.DecimalField("programado", max_digits=14, decimal_places=2)
    motivo = models.CharField("motivo", max_length=300, blank=True, help_text="Por qué cambia lo que ya estaba programado.")
    actor = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+", verbose_name="quién")
    momento = models.DateTimeField("cuándo", default=timezone.now)

    class Meta:
        verbose_name = "meta"
        verbose_name_plural = "metas"
        ordering = ("anio", "trimestre", "indicador", "id")
        constraints = [
            models.CheckConstraint(condition=Q(trimestre__gte=1, trimestre__lte=4), name="meta_de_un_trimestre"),
            models.CheckConstraint(condition=Q(programado__gte=0), name="meta_no_negativa"),
        ]
        indexes = [models.Index(fields=["anio", "indicador", "trimestre", "-id"], name="meta_vigente")]

    def __str__(self) -> str:
        return f"{self.indicador} {self.anio}-T{self.trimestre}: {self.programado}"


class UmbralDeSemaforo(models.Model):
    """Desde qué día se lee así el avance. Porcentajes de lo programado; vale el último que ya empezó."""

    desde = models.DateField("desde", unique=True)
    verde = models.DecimalField("verde desde (%)", max_digits=6, decimal_places=2, default=90)
    amarillo = models.DecimalField("amarillo desde (%)", max_digits=6, decimal_places=2, default=70)
    justifica_bajo = models.DecimalField("se justifica por debajo de (%)", max_digits=6, decimal_places=2, default=90)
    justifica_sobre = models.DecimalField("se justifica por encima de (%)", max_digits=6, decimal_places=2, default=110)
    fundamento = models.CharField("fundamento", max_length=300, blank=True)

    class Meta:
        verbose_name = "umbral del semáforo"
        verbose_name_plural = "umbrales del semáforo"
        ordering = ("-desde",)
        constraints = [
            models.CheckConstraint(condition=Q(verde__gte=F("amarillo")), name="umbral_verde_sobre_amarillo"),
            models.CheckConstraint(condition=Q(justifica_sobre__gte=F("justifica_bajo")), name="umbral_con_intervalo"),
        ]

    def __str__(self) -> str:
        return f"desde {self.desde:%Y-%m-%d}: verde {self.verde} %, amarillo {self.amarillo} %"


class JustificacionDeMeta(Historia):
    """Por qué el logro de un trimestre se alejó de lo programado. Vale la última."""

    indicador = models.CharField("indicador", max_length=20)
    anio = models.PositiveSmallIntegerField("año")
    trimestre = models.PositiveSmallIntegerField("trimestre")
    texto = models.TextField("justificación")
    actor = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+", verbose_name="quién")
    momento = models.DateTimeField("cuándo", default=timezone.now)

    class Meta:
        verbose_name = "justificación de una meta"
        verbose_name_plural = "justificaciones de metas"
        ordering = ("anio", "trimestre", "indicador", "id")
        indexes = [models.Index(fields=["anio", "indicador", "trimestre", "-id"], name="justificacion_vigente")]

    def __str__(self) -> str:
        return f"{self.indicador} {self.anio}-T{self.trimestre}"
