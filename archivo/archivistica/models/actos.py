"""Lo que queda escrito de un cuadro: quién lo validó y qué actos cambiaron sus clases. Sólo se agrega."""

from django.db import models
from django.utils import timezone

from archivo.archivistica.models.cuadro import CuadroClasificacion
from archivo.auditoria.puerta import Historia
from archivo.identidad.puerta import Area, Usuario


class ActoSobreClases(Historia):
    """Un acto que movió, dividió o fusionó clases de un cuadro en borrador: quién, cuándo, por qué, y el antes y el después.

    `antes` y `despues` son listas de `{"id", "codigo", "nivel", "nombre"}`; `despues` lleva además `"equivale_a"`, los códigos
    de la versión anterior a los que continúa cada clase.
    """

    class Clase(models.TextChoices):
        """Qué se hizo."""

        MOVER = "mover", "Mover"
        DIVIDIR = "dividir", "Dividir"
        FUSIONAR = "fusionar", "Fusionar"

    cuadro = models.ForeignKey(CuadroClasificacion, models.PROTECT, related_name="actos", verbose_name="cuadro")
    clase = models.CharField("acto", max_length=10, choices=Clase)
    actor = models.ForeignKey(Usuario, models.PROTECT, related_name="+", verbose_name="quién")
    momento = models.DateTimeField("cuándo", default=timezone.now)
    motivo = models.TextField("motivo")
    acta = models.CharField("acta o acuerdo", max_length=300, blank=True)
    antes = models.JSONField("antes", default=list)
    despues = models.JSONField("después", default=list)

    class Meta:
        verbose_name = "acto sobre clases"
        verbose_name_plural = "actos sobre clases"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.get_clase_display()}: {', '.join(fila['codigo'] for fila in self.antes)}"


class ValidacionDeCuadro(Historia):
    """Un área productora (o, sin área, el grupo interdisciplinario) dio su conformidad u observó un cuadro, en una ronda."""

    class Dictamen(models.TextChoices):
        """Qué dijo."""

        CONFORME = "conforme", "Conforme"
        OBSERVADO = "observado", "Con observaciones"

    cuadro = models.ForeignKey(CuadroClasificacion, models.PROTECT, related_name="validaciones", verbose_name="cuadro")
    ronda = models.PositiveSmallIntegerField("ronda")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="área")
    dictamen = models.CharField("dictamen", max_length=10, choices=Dictamen)
    actor = models.ForeignKey(Usuario, models.PROTECT, related_name="+", verbose_name="quién")
    momento = models.DateTimeField("cuándo", default=timezone.now)
    observaciones = models.TextField("observaciones", blank=True)

    class Meta:
        verbose_name = "validación de cuadro"
        verbose_name_plural = "validaciones de cuadros"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.area or 'Grupo interdisciplinario'}: {self.get_dictamen_display().lower()}"
