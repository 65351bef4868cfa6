"""Lo que rige entre dos fechas locales."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q


class VigenciaQuerySet(models.QuerySet):
    """Vocabulario de lo que rige entre dos fechas."""

    def vigentes(self, dia: date) -> Self:
        """Lo que rige ese día, lo más reciente primero."""
        rige = Q(vigente_desde__lte=dia) & (Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=dia))
        return self.filter(rige).order_by("-vigente_desde", "-id")


class ConVigencia(models.Model):
    """Rige desde un día y, si se sabe, hasta otro; los dos cuentan."""

    vigente_desde = models.DateField("vigente desde")
    vigente_hasta = models.DateField("vigente hasta", null=True, blank=True)

    class Meta:
        abstract = True

    def rige(self, dia: date) -> bool:
        """¿Rige ese día?"""
        return self.vigente_desde <= dia and (self.vigente_hasta is None or dia <= self.vigente_hasta)


def en_orden(nombre: str) -> models.CheckConstraint:
    """La restricción de que la vigencia no termine antes de empezar."""
    return models.CheckConstraint(condition=Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=F("vigente_desde")), name=nombre)
