"""El cotejo: quién comparó la copia, contra qué y qué halló en cada foja."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from archivo.identidad.puerta import Usuario
from certificaciones.actos.models.certificacion import Certificacion
from certificaciones.actos.models.documento import DeUnActo, DocumentoCertificado


class Cotejo(DeUnActo):
    """Una comparación de la copia con lo que obra en el archivo. Vale la última; las anteriores quedan.

    `huella` es el SHA-256 de la copia que se tuvo a la vista: si la copia cambia, hay que cotejar de nuevo.
    """

    class Modo(models.TextChoices):
        """Cómo se compara."""

        FOJA = "foja", "Foja por foja"
        DOCUMENTO = "documento", "Por documento"

    class Contra(models.TextChoices):
        """Contra qué se compara."""

        ORIGINAL = "original", "El original"
        COPIA_CERTIFICADA = "copia_certificada", "La copia certificada que obra en el archivo"
        COPIA_SIMPLE = "copia_simple", "La copia simple que obra en el archivo"
        ELECTRONICO = "electronico", "El original electrónico"

    class Resultado(models.TextChoices):
        """En qué terminó."""

        EN_CURSO = "", "En curso"
        CONFORME = "conforme", "Concuerda"
        DISCREPANCIA = "discrepancia", "Con discrepancia"

    certificacion = models.ForeignKey(Certificacion, models.PROTECT, related_name="cotejos")
    cotejador = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+")
    cotejador_nombre = models.CharField(max_length=200)
    modo = models.CharField("modo", max_length=10, choices=Modo, default=Modo.FOJA)
    contra = models.CharField("contra", max_length=20, choices=Contra, default=Contra.ORIGINAL)
    huella = models.CharField(max_length=64)
    fojas = models.PositiveIntegerField("fojas por comparar")
    iniciado = models.DateTimeField(default=timezone.now)
    concluido = models.DateTimeField(null=True, blank=True)
    resultado = models.CharField(max_length=12, choices=Resultado, default=Resultado.EN_CURSO, blank=True)
    motivo = models.TextField("discrepancias", blank=True)

    class Meta:
        verbose_name = "cotejo"
        verbose_name_plural = "cotejos"
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(resultado="discrepancia") | ~Q(motivo=""), name="discrepancia_con_motivo"),
            models.UniqueConstraint(fields=["certificacion"], condition=Q(concluido__isnull=True), name="un_cotejo_en_curso"),
        ]

    def __str__(self) -> str:
        return f"Cotejo de {self.cotejador_nombre}"


class MarcaDeCotejo(DeUnActo):
    """Lo que se dijo de una foja de la copia (1 es la primera) o, sin foja, de un documento entero."""

    camino = "cotejo__certificacion"

    cotejo = models.ForeignKey(Cotejo, models.PROTECT, related_name="marcas")
    documento = models.ForeignKey(DocumentoCertificado, models.SET_NULL, null=True, related_name="marcas")
    foja = models.PositiveIntegerField("foja", null=True, blank=True)
    conforme = models.BooleanField("concuerda", default=True)
    motivo = models.CharField("qué difiere", max_length=500, blank=True)
    momento = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "foja cotejada"
        verbose_name_plural = "fojas cotejadas"
        ordering = ("foja", "pk")
        constraints = [
            models.UniqueConstraint(fields=["cotejo", "foja"], condition=Q(foja__isnull=False), name="marca_unica_por_foja"),
            models.UniqueConstraint(
                fields=["cotejo", "documento"], condition=Q(foja__isnull=True), name="marca_unica_por_documento"
            ),
            models.CheckConstraint(condition=Q(conforme=True) | ~Q(motivo=""), name="diferencia_con_motivo"),
        ]

    def __str__(self) -> str:
        return f"Foja {self.foja}" if self.foja else str(self.documento)
