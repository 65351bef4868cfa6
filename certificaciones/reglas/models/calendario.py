"""Los días que no cuentan en un plazo: el descanso de la semana, los que se repiten cada año y los de un acuerdo publicado."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from certificaciones.reglas.letras import MESES
from certificaciones.reglas.models.vigencia import ConVigencia, VigenciaQuerySet, en_orden

DIAS = ((1, "lunes"), (2, "martes"), (3, "miércoles"), (4, "jueves"), (5, "viernes"), (6, "sábado"), (7, "domingo"))
CUALES = ((1, "el primero"), (2, "el segundo"), (3, "el tercero"), (4, "el cuarto"))


class Calendario(ClusterableModel):
    """Con qué días se cuenta un plazo en días hábiles."""

    clave = models.SlugField("clave", max_length=30, unique=True)
    nombre = models.CharField("nombre", max_length=200)
    descansa_sabado = models.BooleanField("el sábado no cuenta", default=True)
    descansa_domingo = models.BooleanField("el domingo no cuenta", default=True)
    fundamento = models.TextField("fundamento", help_text="Norma o acuerdo que fija los días inhábiles.")
    es_muestra = models.BooleanField("valores de muestra", default=False, help_text="Nadie de la institución los ha revisado.")

    class Meta:
        verbose_name = "calendario"
        verbose_name_plural = "calendarios"
        ordering = ("clave",)

    def __str__(self) -> str:
        return self.nombre


class DescansoAnual(ConVigencia):
    """Un día inhábil de cada año: una fecha fija («1 de mayo») o un día del mes («el primer lunes de febrero»)."""

    calendario = ParentalKey(Calendario, on_delete=models.CASCADE, related_name="descansos")
    motivo = models.CharField("motivo", max_length=200)
    mes = models.PositiveSmallIntegerField("mes", choices=tuple(enumerate(MESES, 1)))
    dia = models.PositiveSmallIntegerField(
        "día", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)], help_text="Si la fecha es fija."
    )
    cual = models.PositiveSmallIntegerField("cuál", choices=CUALES, null=True, blank=True, help_text="Si no es fija.")
    dia_de_semana = models.PositiveSmallIntegerField("día de la semana", choices=DIAS, null=True, blank=True)
    cada_anios = models.PositiveSmallIntegerField("cada cuántos años", default=1, validators=[MinValueValidator(1)])
    fundamento = models.CharField("fundamento", max_length=300, blank=True)

    objects = VigenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "día inhábil de cada año"
        verbose_name_plural = "días inhábiles de cada año"
        ordering = ("mes", "dia", "cual")
        constraints = [
            en_orden("descanso_con_fechas_en_orden"),
            models.CheckConstraint(
                condition=Q(dia__isnull=False, cual__isnull=True, dia_de_semana__isnull=True)
                | Q(dia__isnull=True, cual__isnull=False, dia_de_semana__isnull=False),
                name="descanso_fijo_o_de_semana",
            ),
            models.CheckConstraint(condition=Q(cada_anios__gte=1), name="descanso_cada_uno_o_mas_anios"),
        ]

    def __str__(self) -> str:
        return self.motivo

    def clean(self) -> None:
        """Una fecha fija, o un día de la semana; no las dos."""
        fija, de_semana = self.dia is not None, self.cual is not None and self.dia_de_semana is not None
        if fija == de_semana or (fija and (self.cual or self.dia_de_semana)):
            raise ValidationError("Escriba el día del mes, o cuál día de la semana (el primero, lunes); no las dos cosas.")


class DiaInhabil(models.Model):
    """Uno o varios días seguidos que no cuentan, por un acuerdo publicado: vacaciones, suspensión, jornada electoral."""

    calendario = ParentalKey(Calendario, on_delete=models.CASCADE, related_name="inhabiles")
    desde = models.DateField("desde")
    hasta = models.DateField("hasta", null=True, blank=True, help_text="Vacío: un solo día.")
    motivo = models.CharField("motivo", max_length=200)
    publicacion = models.CharField("acuerdo y publicación", max_length=300, blank=True)

    class Meta:
        verbose_name = "días inhábiles por acuerdo"
        verbose_name_plural = "días inhábiles por acuerdo"
        ordering = ("desde",)
        constraints = [
            models.CheckConstraint(condition=Q(hasta__isnull=True) | Q(hasta__gte=F("desde")), name="inhabiles_en_orden"),
        ]

    def __str__(self) -> str:
        return self.motivo
