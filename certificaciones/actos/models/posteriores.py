"""Lo que pasa después de expedir: filas que se agregan y no se tocan. De ellas se sabe el estado actual."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from archivo.auditoria.puerta import Historia
from archivo.identidad.puerta import Usuario
from archivo.objetos.puerta import ObjetoDigital
from certificaciones.actos.models.certificacion import Certificacion


class EjemplarFirmado(Historia):
    """La copia impresa ya firmada y sellada, digitalizada. Puede haber varias; la última es la buena."""

    certificacion = models.ForeignKey(Certificacion, models.PROTECT, related_name="ejemplares_firmados")
    objeto = models.ForeignKey(ObjetoDigital, models.PROTECT, related_name="+")
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    paginas = models.PositiveIntegerField("páginas", default=0)
    nota = models.CharField("observaciones", max_length=300, blank=True)
    momento = models.DateTimeField(default=timezone.now)
    agregado_por = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "ejemplar firmado"
        verbose_name_plural = "ejemplares firmados"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Ejemplar firmado de {self.certificacion}"


class Entrega(Historia):
    """La constancia de recibo. De la identificación se anota el tipo que se tuvo a la vista; nunca una copia."""

    certificacion = models.OneToOneField(Certificacion, models.PROTECT, related_name="entrega")
    momento = models.DateTimeField("entregada", default=timezone.now)
    recibe = models.CharField("quién recibe", max_length=200)
    identificacion = models.CharField("identificación que se tuvo a la vista", max_length=100)
    ejemplares = models.PositiveSmallIntegerField("ejemplares", default=1)
    nota = models.CharField("observaciones", max_length=300, blank=True)
    entregada_por = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+")
    acuse = models.ForeignKey(ObjetoDigital, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "entrega"
        verbose_name_plural = "entregas"

    def __str__(self) -> str:
        return f"Entrega de {self.certificacion}"


class Cancelacion(Historia):
    """Una certificación sin efectos. `texto` es el asiento como queda en el libro; `asiento`, su lugar en el registro."""

    certificacion = models.OneToOneField(Certificacion, models.PROTECT, related_name="cancelacion")
    momento = models.DateTimeField("cancelada", default=timezone.now)
    motivo = models.TextField("motivo")
    texto = models.TextField("asiento")
    cancelada_por = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+")
    cancelada_por_nombre = models.CharField(max_length=200, blank=True)
    asiento = models.PositiveBigIntegerField("asiento en el registro")

    class Meta:
        verbose_name = "cancelación"
        verbose_name_plural = "cancelaciones"

    def __str__(self) -> str:
        return f"Cancelación de {self.certificacion}"


class Sustitucion(Historia):
    """Una certificación ocupa el lugar de otra: de cualquiera de las dos se llega a la otra."""

    sustituida = models.OneToOneField(Certificacion, models.PROTECT, related_name="sustitucion")
    sustituta = models.OneToOneField(Certificacion, models.PROTECT, related_name="sustituye")
    momento = models.DateTimeField("sustituida", default=timezone.now)
    motivo = models.TextField("motivo")
    texto = models.TextField("asiento")
    sustituida_por = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+")
    asiento = models.PositiveBigIntegerField("asiento en el registro")

    class Meta:
        verbose_name = "sustitución"
        verbose_name_plural = "sustituciones"
        constraints = [models.CheckConstraint(condition=~Q(sustituida=F("sustituta")), name="sustitucion_por_otra")]

    def __str__(self) -> str:
        return f"{self.sustituta} sustituye a {self.sustituida}"
