"""Qué certificación atiende qué solicitud."""

from django.db import models

from certificaciones.actos.puerta import Certificacion
from certificaciones.solicitudes.puerta import Solicitud


class CopiaDeSolicitud(models.Model):
    """Una certificación preparada para una solicitud. La certificación no sabe de ella: lo expedido no lleva a quien pidió."""

    solicitud = models.ForeignKey(Solicitud, models.PROTECT, related_name="copias")
    certificacion = models.OneToOneField(Certificacion, models.PROTECT, related_name="copia_de")
    preparada = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "copia de una solicitud"
        verbose_name_plural = "copias de solicitudes"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.solicitud_id}: {self.certificacion_id}"
