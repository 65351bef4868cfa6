"""Qué autoridades parecen la misma, y qué se movió al fundir dos."""

from django.db import models
from django.db.models import F, Q

from archivo.catalogo.models.autoridad import Autoridad
from archivo.identidad.puerta import Usuario

ESTADOS_DE_DUPLICADO = [("pendiente", "Por revisar"), ("descartado", "Son distintas")]


class PosibleDuplicado(models.Model):
    """Dos autoridades cuyos nombres se parecen. `una` es siempre la de llave menor; descartado, no se vuelve a proponer."""

    una = models.ForeignKey(Autoridad, models.CASCADE, related_name="+")
    otra = models.ForeignKey(Autoridad, models.CASCADE, related_name="+")
    parecido = models.PositiveSmallIntegerField("parecido", help_text="De 0 a 100.")
    razon = models.CharField("razón", max_length=60, blank=True)
    estado = models.CharField("estado", max_length=12, choices=ESTADOS_DE_DUPLICADO, default="pendiente")

    class Meta:
        verbose_name = "posible duplicado"
        verbose_name_plural = "posibles duplicados"
        ordering = ("-parecido", "pk")
        constraints = [
            models.UniqueConstraint(fields=["una", "otra"], name="posible_duplicado_unico"),
            models.CheckConstraint(condition=Q(una__lt=F("otra")), name="posible_duplicado_en_orden"),
        ]
        indexes = [models.Index(fields=["estado", "-parecido"], name="posible_duplicado_estado")]


class Fusion(models.Model):
    """Una autoridad que se fundió en otra, con lo que se movió: basta para deshacerlo.

    `movido`: `{"menciones": [pk…], "repetidas": [[item, papel]…], "medio": [item…], "nombres": [pk…],
    "relaciones": [{"pk", "campo"}…], "relaciones_quitadas": [{…}]}`.
    """

    duplicada = models.ForeignKey(Autoridad, models.PROTECT, related_name="fusiones")
    vigente = models.ForeignKey(Autoridad, models.PROTECT, related_name="+")
    movido = models.JSONField(default=dict)
    motivo = models.CharField("motivo", max_length=300, blank=True)
    actor = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+")
    momento = models.DateTimeField(auto_now_add=True)
    deshecha = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "fusión"
        verbose_name_plural = "fusiones"
        ordering = ("-pk",)
