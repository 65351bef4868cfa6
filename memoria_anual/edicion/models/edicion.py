"""La memoria publicada: lo que dijo, palabra por palabra, y sus archivos. Sólo se agrega; también lo impide la base."""

from django.db import models
from django.utils import timezone

from archivo.auditoria.puerta import Historia
from archivo.catalogo.puerta import Item
from archivo.objetos.puerta import ObjetoDigital
from memoria_anual.edicion.models.memoria import Memoria


class EdicionPublicada(Historia):
    """Una publicación de una memoria. `contenido` es el documento entero ya resuelto; la página del sitio sale sólo de él.

    `huella`: SHA-256 del JSON canónico de `contenido`. `item`: la publicación oficial del archivo.
    """

    memoria = models.ForeignKey(Memoria, models.PROTECT, related_name="ediciones")
    periodo = models.CharField("periodo", max_length=30, db_index=True)
    momento = models.DateTimeField("momento", default=timezone.now)
    contenido = models.JSONField("contenido")
    huella = models.CharField("huella", max_length=64)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "edición publicada"
        verbose_name_plural = "ediciones publicadas"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.memoria} · {self.momento:%d/%m/%Y}"


class ArchivoDeEdicion(Historia):
    """Un archivo de la edición: PDF, DOCX, XLSX, CSV o resumen."""

    edicion = models.ForeignKey(EdicionPublicada, models.PROTECT, related_name="archivos")
    nombre = models.CharField("nombre", max_length=120)
    rotulo = models.CharField("qué es", max_length=80)
    objeto = models.ForeignKey(ObjetoDigital, models.PROTECT, related_name="+")
    mime = models.CharField("tipo", max_length=120)

    class Meta:
        verbose_name = "archivo de una edición"
        verbose_name_plural = "archivos de una edición"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["edicion", "nombre"], name="archivo_unico_en_edicion")]

    def __str__(self) -> str:
        return self.nombre
