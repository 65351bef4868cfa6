"""Las reglas con que se abren expedientes: son datos con fecha, no código (D7)."""

from datetime import date

from django.db import models
from django.db.models import Q

TITULOS_GENERICOS = [
    "varios", "diversos", "generalidades", "asuntos varios", "asuntos diversos", "documentos varios", "documentos diversos",
    "correspondencia", "miscelánea", "otros", "general",
]  # fmt: skip


def titulos_genericos() -> list[str]:
    """Los títulos que no dicen nada (instructivo del AGN para inventarios)."""
    return list(TITULOS_GENERICOS)


class ReglaQuerySet(models.QuerySet["ReglaDeExpedientes"]):
    """Vocabulario de las reglas."""

    def vigente(self, dia: date) -> "ReglaDeExpedientes | None":
        """La que rige ese día, o None."""
        rige = Q(vigente_desde__lte=dia) & (Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=dia))
        return self.filter(rige).order_by("-vigente_desde", "-id").first()


class ReglaDeExpedientes(models.Model):
    """Cómo se numeran y titulan los expedientes entre dos fechas. El expediente recuerda con cuál se abrió.

    `plantilla_codigo` admite {fondo} {subfondo} {seccion} {serie} {subserie} {area} {consecutivo} {anio}: AGN
    `{fondo}/{seccion}/{serie}/{consecutivo}/{anio}`; SRE `{fondo}.{seccion}.{serie}.{subserie}/{anio}/{consecutivo}`.
    """

    class InicioDePlazo(models.TextChoices):
        """Desde cuándo corre la vigencia."""

        CIERRE = "cierre", "La fecha de cierre"
        ENERO = "1_enero_siguiente", "El 1 de enero siguiente al cierre"

    nombre = models.CharField("nombre", max_length=200)
    vigente_desde = models.DateField("vigente desde")
    vigente_hasta = models.DateField("vigente hasta", null=True, blank=True)
    plantilla_codigo = models.CharField(
        "plantilla del código", max_length=200, default="{fondo}/{seccion}/{serie}/{consecutivo}/{anio}"
    )
    titulos_genericos = models.JSONField("títulos que no se admiten", default=titulos_genericos, blank=True)
    unidad = models.CharField("nombre de la hoja foliada", max_length=20, default="foja", help_text="«foja» o «folio».")
    unidades = models.CharField("en plural", max_length=20, default="fojas")
    inicio_plazo = models.CharField("la vigencia corre desde", max_length=20, choices=InicioDePlazo, default=InicioDePlazo.CIERRE)
    fundamento = models.TextField("fundamento", blank=True)
    es_muestra = models.BooleanField("valores de muestra", default=False)

    objects = ReglaQuerySet.as_manager()

    class Meta:
        verbose_name = "regla de expedientes"
        verbose_name_plural = "reglas de expedientes"
        ordering = ("-vigente_desde", "-id")

    def __str__(self) -> str:
        return self.nombre
