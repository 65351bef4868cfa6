"""Los periodos de veda electoral."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone


class PeriodoVeda(models.Model):
    """Del inicio de las campañas al final de la jornada electoral: la propaganda gubernamental se suspende (LGCS art. 21).

    Sólo afecta al material de campañas sin excepción; el archivo, la búsqueda y la transparencia siguen (LGTAIP art. 63).
    """

    nombre = models.CharField("proceso electoral", max_length=150)
    desde = models.DateField("desde")
    hasta = models.DateField("hasta", help_text="El último día, inclusive.")
    fundamento = models.CharField("fundamento", max_length=300, blank=True)
    aplicado = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = "periodo de veda"
        verbose_name_plural = "periodos de veda"
        ordering = ("-desde",)
        constraints = [
            models.CheckConstraint(condition=models.Q(hasta__gte=models.F("desde")), name="veda_termina_despues_de_empezar")
        ]

    def __str__(self) -> str:
        return self.nombre

    @property
    def rige(self) -> bool:
        """¿Rige hoy? Las fechas son locales."""
        return self.desde <= timezone.localdate() <= self.hasta

    def clean(self) -> None:
        """Termina el mismo día o después."""
        if self.desde and self.hasta and self.hasta < self.desde:
            raise ValidationError({"hasta": "La veda no puede terminar antes de empezar."})
