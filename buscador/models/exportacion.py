"""Una exportación grande: qué lista, en qué formato y de quién."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from archivo.identidad.puerta import Usuario
from archivo.tareas.puerta import EstadoDeTrabajo, Trabajo


class EstadoDeExportacion(models.TextChoices):
    """Lo que se dice a quien la pidió."""

    EN_CAMINO = "en_camino", "en camino"
    LISTA = "lista", "lista"
    CANCELADA = "cancelada", "cancelada"
    FALLIDA = "fallida", "no se pudo"
    VENCIDA = "vencida", "vencida"


def testigo_nuevo() -> str:
    """Lo que hay que saber para descargarla: 192 bits al azar."""
    return secrets.token_urlsafe(24)


def carpeta_de_exportaciones() -> Path:
    """Donde se guardan las claves de todas."""
    return Path(settings.ACERVO_DATOS) / "exportaciones"


class Exportacion(models.Model):
    """Las claves de una búsqueda entera, en una sola foto del índice. El archivo se escribe al descargar, con los permisos de ese momento."""

    testigo = models.CharField(max_length=32, unique=True, default=testigo_nuevo, editable=False)
    consulta = models.TextField("búsqueda", help_text="Los parámetros de su dirección.")
    formato = models.CharField("formato", max_length=10)
    usuario = models.ForeignKey(Usuario, models.CASCADE, null=True, blank=True, related_name="+")
    trabajo = models.OneToOneField(Trabajo, models.SET_NULL, null=True, blank=True, related_name="+")
    total = models.PositiveIntegerField("documentos", default=0)
    creada = models.DateTimeField("pedida", auto_now_add=True, db_index=True)
    lista_en = models.DateTimeField("lista", null=True, blank=True)

    class Meta:
        verbose_name = "exportación"
        verbose_name_plural = "exportaciones"

    def __str__(self) -> str:
        return f"{self.formato}, {self.total:,} documentos"

    def get_absolute_url(self) -> str:
        """Donde se ve cómo va."""
        return reverse("buscador:exportacion", args=[self.testigo])

    @property
    def ruta(self) -> Path:
        """El archivo con sus claves, una por renglón."""
        return carpeta_de_exportaciones() / f"{self.pk}.claves"

    @property
    def vence(self) -> datetime:
        """Desde cuándo su enlace ya no sirve."""
        return self.creada + timedelta(days=settings.ACERVO_EXPORTACION_DIAS)

    @property
    def demorada(self) -> bool:
        """¿Se intentó y el buscador no contestó? Espera otro intento."""
        return self.trabajo is not None and self.trabajo.estado == EstadoDeTrabajo.EN_ESPERA and bool(self.trabajo.error)

    @property
    def estado(self) -> EstadoDeExportacion:
        """En qué va. Vencida es también la que perdió su archivo."""
        if timezone.now() >= self.vence or (self.lista_en and not self.ruta.exists()):
            return EstadoDeExportacion.VENCIDA
        if self.lista_en:
            return EstadoDeExportacion.LISTA
        if self.trabajo is None or not self.trabajo.terminado:
            cancelada = self.trabajo is not None and self.trabajo.cancelacion_pedida
            return EstadoDeExportacion.CANCELADA if cancelada else EstadoDeExportacion.EN_CAMINO
        cancelado = self.trabajo.estado == EstadoDeTrabajo.CANCELADO
        return EstadoDeExportacion.CANCELADA if cancelado else EstadoDeExportacion.FALLIDA
