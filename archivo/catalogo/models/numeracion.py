"""Series con folio propio: boletín, comunicado, tarjeta informativa…"""

from django.db import models


class SerieDeNumeracion(models.Model):
    """Una serie cuyos números corren por año. La plantilla del folio es un dato, no código."""

    clave = models.SlugField("clave", max_length=40, unique=True)
    nombre = models.CharField("nombre", max_length=120)
    plantilla_folio = models.CharField("plantilla del folio", max_length=80, default="No. {numero:03d}/{anio}")
    activa = models.BooleanField("activa", default=True)

    class Meta:
        verbose_name = "serie de numeración"
        verbose_name_plural = "series de numeración"
        ordering = ("nombre",)

    def __str__(self) -> str:
        return self.nombre

    def folio(self, numero: int, anio: int) -> str:
        """El folio impreso de un número: `No. 123/2026`."""
        return self.plantilla_folio.format(numero=numero, anio=anio)


class Contador(models.Model):
    """El último número dado en una serie y un año. Se bloquea la fila para dar el siguiente."""

    serie = models.ForeignKey(SerieDeNumeracion, models.PROTECT)
    anio = models.PositiveSmallIntegerField()
    ultimo = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["serie", "anio"], name="contador_unico")]
