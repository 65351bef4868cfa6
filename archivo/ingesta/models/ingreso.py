"""`Ingreso`: cada intento de meter un archivo, con su veredicto y dónde quedaron los bytes."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Area, Usuario
from archivo.objetos.puerta import ObjetoDigital

ABANDONO = timedelta(minutes=10)


class IngresoQuerySet(models.QuerySet["Ingreso"]):
    """Vocabulario de los ingresos."""

    def en_cuarentena(self) -> "IngresoQuerySet":
        """Los que esperan la decisión de una persona."""
        return self.filter(estado=Ingreso.Estado.CUARENTENA)

    def pendientes(self) -> "IngresoQuerySet":
        """Los que todavía no tienen veredicto."""
        return self.filter(estado__in=Ingreso.EN_CURSO)

    def abandonados(self) -> "IngresoQuerySet":
        """Los que un proceso muerto dejó sin veredicto hace más de diez minutos."""
        return self.pendientes().filter(movido__lt=timezone.now() - ABANDONO)


class Ingreso(models.Model):
    """Un archivo que llegó. `ruta` es dónde están sus bytes mientras no son un original (relativa a los datos).

    Invariante: con estado recibido o procesando los bytes están en el buzón; en cuarentena, en la cuarentena; aceptado o
    duplicado, en los originales. Sólo lo rechazado no se conserva: quien lo envió lo tiene y sabe por qué.
    """

    class Estado(models.TextChoices):
        """Los veredictos y el camino a ellos."""

        RECIBIDO = "recibido", "Recibido"
        PROCESANDO = "procesando", "En proceso"
        ACEPTADO = "aceptado", "Aceptado"
        DUPLICADO = "duplicado", "Ya estaba"
        CUARENTENA = "cuarentena", "En cuarentena"
        RECHAZADO = "rechazado", "Rechazado"

    EN_CURSO = (Estado.RECIBIDO, Estado.PROCESANDO)

    nombre = models.CharField("archivo", max_length=255)
    bytes = models.PositiveBigIntegerField("bytes", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_index=True)
    mime = models.CharField("formato", max_length=120, blank=True)
    paginas = models.PositiveIntegerField("páginas", null=True, blank=True)
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.RECIBIDO)
    motivo = models.TextField("motivo", blank=True)
    avisos = models.JSONField("avisos", default=list, blank=True)
    propuestas = models.JSONField("propuestas", default=dict, blank=True)
    ruta = models.CharField(max_length=200, blank=True, editable=False)

    tipo = models.CharField("tipo", max_length=30, default="publicacion")
    acceso = models.CharField("acceso", max_length=25, default="interno")
    publicar = models.BooleanField("publicar", default=False)
    rol = models.CharField("papel", max_length=20, default="original")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="área")
    destino = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="para el elemento")

    objeto = models.ForeignKey(ObjetoDigital, models.PROTECT, null=True, blank=True, related_name="ingresos")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="ingresos", verbose_name="elemento")
    actor = models.ForeignKey(Usuario, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quién")
    momento = models.DateTimeField("cuándo", auto_now_add=True)
    movido = models.DateTimeField(auto_now=True)
    intentos = models.PositiveSmallIntegerField(default=0)

    objects = IngresoQuerySet.as_manager()

    class Meta:
        verbose_name = "ingreso"
        verbose_name_plural = "ingresos"
        indexes = [
            models.Index(fields=["estado", "-id"], name="ingreso_estado"),
            models.Index(fields=["actor", "-id"], name="ingreso_actor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(estado__in=["aceptado", "duplicado"]) | Q(objeto__isnull=False), name="ingreso_aceptado_tiene_objeto"
            ),
            models.CheckConstraint(
                condition=~Q(estado__in=["recibido", "procesando", "cuarentena"]) | ~Q(ruta=""),
                name="ingreso_en_camino_tiene_ruta",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nombre}: {self.get_estado_display().lower()}"

    @property
    def terminado(self) -> bool:
        """¿Tiene ya veredicto?"""
        return self.estado not in self.EN_CURSO

    @property
    def archivo(self) -> Path:
        """La ruta de los bytes mientras están en el buzón o en cuarentena."""
        return Path(settings.ACERVO_DATOS) / self.ruta
