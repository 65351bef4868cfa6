"""Lo que se abre a quien tiene un enlace, hasta un día: del enlace se guarda sólo su huella."""

from django.db import models
from django.utils import timezone

from archivo.auditoria.models import Historia


class EnlaceConPlazo(Historia):
    """Lo común a lo que abre un enlace. `testigo`: la huella de su código (`huella_de_codigo`)."""

    testigo = models.CharField("huella del enlace", max_length=64, unique=True)
    vence = models.DateTimeField("vence")

    class Meta:
        abstract = True

    @property
    def vencida(self) -> bool:
        """¿Su enlace ya no abre por haber pasado el plazo?"""
        return self.vence < timezone.now()
