"""Lo que nadie puede contar en el archivo y alguien midió: redes, quejas, y las cifras de informes viejos."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from archivo.auditoria.puerta import Historia, HistoriaQuerySet
from archivo.identidad.puerta import Usuario


class MedicionQuerySet(HistoriaQuerySet):
    """Vocabulario de las mediciones."""

    def vigentes(self) -> "MedicionQuerySet":
        """Las que ninguna otra corrige y no se anularon."""
        return self.filter(corregida_por__isnull=True, valor__isnull=False)


class MedicionCapturada(Historia):
    """Un número tecleado, con quién, cuándo y de dónde salió. No se cambia: se corrige con otra que la sustituye.

    `clase` distingue lo que se mide cada mes de lo que se copió de un informe anterior. Sin `valor`, la fila anula a la que
    sustituye. `concepto` separa partes de un mismo indicador y periodo (la red social, el sentido).
    """

    class Clase(models.TextChoices):
        """De dónde sale."""

        MEDICION = "medicion", "Medición"
        INFORME = "informe_anterior", "Informe anterior"

    indicador = models.CharField("indicador", max_length=20, db_index=True)
    clase = models.CharField("qué es", max_length=20, choices=Clase, default=Clase.MEDICION)
    desde = models.DateField("desde")
    hasta = models.DateField("hasta")
    concepto = models.CharField("de qué parte", max_length=80, blank=True, help_text="Por ejemplo, la red social.")
    valor = models.DecimalField("valor", max_digits=18, decimal_places=2, null=True)
    fuente = models.CharField(
        "fuente", max_length=300, help_text="De dónde salió: el informe y su página, o el panel que se leyó."
    )
    nota = models.TextField("nota", blank=True)
    sustituye = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corregida_por", verbose_name="corrige a"
    )
    actor = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+", verbose_name="quién la tecleó")
    momento = models.DateTimeField("cuándo", default=timezone.now)

    objects: ClassVar = MedicionQuerySet.as_manager()

    class Meta:
        verbose_name = "medición capturada"
        verbose_name_plural = "mediciones capturadas"
        ordering = ("desde", "id")
        constraints = [
            models.CheckConstraint(condition=Q(hasta__gte=F("desde")), name="medicion_termina_despues"),
            models.CheckConstraint(condition=Q(valor__isnull=False) | Q(sustituye__isnull=False), name="medicion_con_valor"),
            models.UniqueConstraint(
                fields=["indicador", "clase", "desde", "hasta", "concepto"],
                condition=Q(sustituye__isnull=True),
                name="medicion_primera_unica",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicador} {self.desde:%Y-%m-%d}..{self.hasta:%Y-%m-%d}: {self.valor}"
