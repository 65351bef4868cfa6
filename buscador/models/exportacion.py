"""Una exportación grande: qué lista, en qué formato y de quién."""

import secrets
from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse

from archivo.identidad.puerta import Usuario


def testigo_nuevo() -> str:
    """Lo que hay que saber para descargarla: 192 bits al azar."""
    return secrets.token_urlsafe(24)


class Exportacion(models.Model):
    """Las claves de una búsqueda entera, en una sola foto del índice. El archivo se escribe al descargar, con los permisos de ese momento."""

    testigo = models.CharField(max_length=32, unique=True, default=testigo_nuevo, editable=False)
    consulta = models.TextField("búsqueda", help_text="Los parámetros de su dirección.")
    formato = models.CharField("formato", max_length=10)
    usuario = models.ForeignKey(Usuario, models.CASCADE, null=True, blank=True, related_name="+")
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
        return Path(settings.ACERVO_DATOS) / "exportaciones" / f"{self.pk}.claves"
