"""Los plazos de una solicitud, contados en días hábiles de un calendario."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from certificaciones.reglas.puerta import Calendario
from certificaciones.solicitudes.models.pago import OrdenDePago
from certificaciones.solicitudes.models.solicitud import Solicitud


class PlazoQuerySet(models.QuerySet["Plazo"]):
    """Vocabulario de los plazos."""

    def corriendo(self) -> "PlazoQuerySet":
        """Los que no se han cerrado."""
        return self.filter(cerrado_en__isnull=True)

    def vencidos(self, hoy: date) -> "PlazoQuerySet":
        """Los que corren y cuyo último día ya pasó, el más antiguo primero."""
        return self.corriendo().filter(vencimiento__lt=hoy).order_by("vencimiento", "id")


class Plazo(models.Model):
    """Un plazo: desde qué día corre, cuántos días hábiles y cuándo vence. Nada se cierra solo: cerrado, ya no cambia.

    `regla` guarda el calendario y el fundamento como estaban al abrirlo.
    """

    class Clave(models.TextChoices):
        """De qué es."""

        PAGO = "pago", "Pagar los derechos (LGTAIP, art. 137)"

    class Resultado(models.TextChoices):
        """Cómo terminó."""

        CUMPLIDO = "cumplido", "Se cumplió"
        VENCIDO = "vencido", "Venció"
        SIN_EFECTO = "sin_efecto", "Quedó sin efecto"

    solicitud = models.ForeignKey(Solicitud, models.PROTECT, related_name="plazos")
    clave = models.CharField("clave", max_length=20, choices=Clave)
    orden = models.OneToOneField(OrdenDePago, models.PROTECT, null=True, related_name="plazo")
    inicio = models.DateField("se notificó", help_text="Corre desde el día siguiente.")
    dias = models.PositiveSmallIntegerField("días hábiles")
    calendario = models.ForeignKey(Calendario, models.PROTECT, related_name="+")
    vencimiento = models.DateField("vence")
    regla = models.JSONField(default=dict)
    abierto_en = models.DateTimeField(default=timezone.now)
    cerrado_en = models.DateTimeField(null=True)
    resultado = models.CharField(max_length=12, choices=Resultado, blank=True)

    objects = PlazoQuerySet.as_manager()

    class Meta:
        verbose_name = "plazo"
        verbose_name_plural = "plazos"
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["solicitud", "clave"], condition=Q(cerrado_en__isnull=True), name="un_plazo_corriendo_de_cada_clase"
            ),
            models.CheckConstraint(condition=Q(vencimiento__gte=F("inicio")), name="plazo_en_orden"),
            models.CheckConstraint(
                condition=Q(cerrado_en__isnull=True, resultado="") | Q(cerrado_en__isnull=False) & ~Q(resultado=""),
                name="plazo_cerrado_con_resultado",
            ),
        ]
        indexes = [models.Index(fields=["vencimiento"], condition=Q(cerrado_en__isnull=True), name="plazo_corriendo")]

    def __str__(self) -> str:
        return f"{self.get_clave_display()}: {self.vencimiento:%d/%m/%Y}"

    def paso(self, hoy: date) -> bool:
        """¿Corre todavía y su último día ya pasó?"""
        return self.cerrado_en is None and self.vencimiento < hoy

    @property
    def vencido(self) -> bool:
        """¿Corre todavía y hoy ya pasó su último día?"""
        return self.paso(timezone.localdate())
