"""El acuse de una solicitud: lo que se pidió, como se pidió."""

from django.db import models
from django.utils import timezone

from archivo.auditoria.puerta import Historia
from certificaciones.solicitudes.models.solicitud import Solicitud


class AcuseDeSolicitud(Historia):
    """Lo que entró el día que entró, aunque después cambie la canasta. `datos` no dice quién pide.

    `datos`: tipo, medio, modalidad, finalidad, descripcion, autoridad, referencia, ejemplares y documentos ({clave, paginas}).
    """

    solicitud = models.OneToOneField(Solicitud, models.PROTECT, related_name="acuse")
    momento = models.DateTimeField(default=timezone.now)
    datos = models.JSONField(default=dict)

    class Meta:
        verbose_name = "acuse de solicitud"
        verbose_name_plural = "acuses de solicitud"

    def __str__(self) -> str:
        return f"Acuse {self.pk}"
