"""Cambios hechos a muchos elementos a la vez: qué se pidió, qué tenía cada uno y cómo quedó, para poder deshacerlo."""

from django.db import models
from django.utils import timezone

from archivo.catalogo.models.item import Item
from archivo.identidad.puerta import Usuario


class CambioEnLote(models.Model):
    """Lo que una persona pidió cambiar en varios elementos de un tipo.

    `cambios`: lista de `{campo, accion, valor}`; la acción es poner, vaciar, agregar o quitar.
    """

    class Estado(models.TextChoices):
        """En qué va."""

        PREPARADO = "preparado", "en vista previa"
        APLICANDO = "aplicando", "aplicándose"
        APLICADO = "aplicado", "aplicado"
        DESHACIENDO = "deshaciendo", "deshaciéndose"
        DESHECHO = "deshecho", "deshecho"

    tipo = models.CharField("tipo", max_length=30)
    cambios = models.JSONField("cambios")
    motivo = models.CharField("motivo", max_length=300, blank=True)
    estado = models.CharField("estado", max_length=12, choices=Estado.choices, default=Estado.PREPARADO)
    actor = models.ForeignKey(Usuario, models.PROTECT, related_name="+")
    creado = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "cambio en lote"
        verbose_name_plural = "cambios en lote"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"Cambio en lote {self.pk}"


class RenglonDeLote(models.Model):
    """Un elemento de un cambio en lote. `antes` y `despues` sólo llevan los campos que cambian."""

    class Estado(models.TextChoices):
        """Qué fue de él."""

        PENDIENTE = "pendiente", "por aplicar"
        APLICADO = "aplicado", "cambiado"
        SIN_CAMBIO = "sin_cambio", "ya estaba así"
        RECHAZADO = "rechazado", "no se pudo"
        DESHECHO = "deshecho", "vuelto a como estaba"
        SE_QUEDA = "se_queda", "se queda como está"

    cambio = models.ForeignKey(CambioEnLote, models.CASCADE, related_name="renglones")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    estado = models.CharField("estado", max_length=12, choices=Estado.choices, default=Estado.PENDIENTE)
    antes = models.JSONField(default=dict)
    despues = models.JSONField(default=dict)
    version = models.PositiveIntegerField(help_text="La que tenía al verlo y, ya aplicado, la que resultó.")
    razon = models.CharField("razón", max_length=500, blank=True)

    class Meta:
        verbose_name = "renglón de lote"
        verbose_name_plural = "renglones de lote"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["cambio", "item"], name="renglon_de_lote_unico")]
        indexes = [models.Index(fields=["cambio", "estado"], name="renglon_de_lote_estado")]
