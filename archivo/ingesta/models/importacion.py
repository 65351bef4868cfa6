"""`Importacion`: una carga de filas, lo que trajo y lo que haría falta para deshacerla."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils import timezone

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Usuario

ABANDONO = timedelta(minutes=10)


class Importacion(models.Model):
    """Un archivo de filas y qué se hizo con él. Nunca se borra: es la constancia de dónde vino cada elemento.

    `ruta` es la carpeta propia (relativa a los datos): `original` son los bytes como llegaron, `errores.csv` las filas que no entraron.
    `recuento` y `ensayo` tienen la forma del contrato de órdenes, sin `errores`; `deshecho`, la de `deshacer.Recuento`.
    """

    class Estado(models.TextChoices):
        """Dónde va. «Entró en parte» nunca se llama terminada."""

        PREPARANDO = "preparando", "Por acomodar"
        ENSAYANDO = "ensayando", "Ensayando"
        ENSAYADA = "ensayada", "Ensayada"
        IMPORTANDO = "importando", "Importando"
        TERMINADA = "terminada", "Terminada"
        EN_PARTE = "en_parte", "Entró en parte"
        SIN_EFECTO = "sin_efecto", "No se importó nada"
        INTERRUMPIDA = "interrumpida", "Interrumpida"
        DESHACIENDO = "deshaciendo", "Deshaciendo"
        DESHECHA = "deshecha", "Deshecha"
        DESHECHA_EN_PARTE = "deshecha_en_parte", "Deshecha en parte"

    EN_CURSO = (Estado.ENSAYANDO, Estado.IMPORTANDO, Estado.DESHACIENDO)
    SE_ACOMODA = (Estado.PREPARANDO, Estado.ENSAYADA, Estado.SIN_EFECTO)
    SE_DESHACE = (Estado.TERMINADA, Estado.EN_PARTE, Estado.INTERRUMPIDA, Estado.DESHECHA_EN_PARTE)

    nombre = models.CharField("archivo", max_length=255)
    ruta = models.CharField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    bytes = models.PositiveBigIntegerField("bytes", default=0)
    lectura = models.JSONField("cómo se lee", default=dict, blank=True)
    encabezado = models.JSONField("columnas", default=list, blank=True)
    mapeo = models.JSONField("a qué campo va cada columna", default=list, blank=True)
    constantes = models.JSONField("valores para todas las filas", default=dict, blank=True)

    tipo = models.CharField("tipo", max_length=30, blank=True)
    acceso = models.CharField("acceso", max_length=25, default="interno")
    publicar = models.BooleanField("publicar", default=False)
    todo_o_nada = models.BooleanField("no importar nada si alguna fila falla", default=False)

    estado = models.CharField("estado", max_length=20, choices=Estado, default=Estado.PREPARANDO)
    ensayo = models.JSONField("resultado del ensayo", default=dict, blank=True)
    recuento = models.JSONField("resultado", default=dict, blank=True)
    deshecho = models.JSONField("resultado de deshacer", default=dict, blank=True)
    motivo = models.TextField("motivo", blank=True)
    actor = models.ForeignKey(Usuario, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quién")
    momento = models.DateTimeField("cuándo", auto_now_add=True)
    movida = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "importación"
        verbose_name_plural = "importaciones"
        indexes = [models.Index(fields=["actor", "-id"], name="importacion_actor")]

    def __str__(self) -> str:
        return f"{self.nombre}: {self.get_estado_display().lower()}"

    def get_absolute_url(self) -> str:
        """Su página en la oficina."""
        return reverse("oficina_importacion", args=[self.pk])

    @property
    def en_curso(self) -> bool:
        """¿Hay un trabajo que la está moviendo?"""
        return self.estado in self.EN_CURSO

    @property
    def abandonada(self) -> bool:
        """¿La dejó a medias una orden que murió? Las del asistente las retoma el trabajador."""
        return self.estado == self.Estado.IMPORTANDO and not self.ruta and self.movida < timezone.now() - ABANDONO

    @property
    def se_acomoda(self) -> bool:
        """¿Se pueden cambiar todavía sus columnas?"""
        return self.estado in self.SE_ACOMODA

    @property
    def se_deshace(self) -> bool:
        """¿Trajo algo que se pueda deshacer?"""
        return self.estado in self.SE_DESHACE

    @property
    def carpeta(self) -> Path:
        """Dónde están el original y las filas que no entraron."""
        return Path(settings.ACERVO_DATOS) / self.ruta

    @property
    def archivo(self) -> Path:
        """Los bytes como llegaron."""
        return self.carpeta / "original"

    def errores_csv(self, *, ensayo: bool) -> Path:
        """Las filas que no entraron (o que no entrarían), con su motivo."""
        return self.carpeta / ("errores-ensayo.csv" if ensayo else "errores.csv")


class FilaImportada(models.Model):
    """Una fila que creó o cambió un elemento, y lo que hace falta para deshacerla.

    `version` es la del elemento al salir de la importación: si ya no es esa, alguien lo tocó después y no se deshace.
    `antes` son los campos (y el texto) que el elemento tenía; nulo si la fila lo creó.
    `constancia` queda para siempre de lo que se quitó: `{"clave", "id", "titulo", "tipo", "archivos": [sha256]}`.
    """

    class Resultado(models.TextChoices):
        """Qué hizo la fila."""

        CREADA = "creada", "Creada"
        ACTUALIZADA = "actualizada", "Actualizada"

    class Suerte(models.TextChoices):
        """Qué fue de ella al deshacer."""

        VIGENTE = "", "Vigente"
        QUITADA = "quitada", "Se quitó"
        RETIRADA = "retirada", "Se retiró del sitio"
        RESTAURADA = "restaurada", "Volvió a como estaba"
        CONSERVADA = "conservada", "Se dejó como está"

    importacion = models.ForeignKey(Importacion, models.PROTECT, related_name="filas")
    numero = models.PositiveIntegerField("fila")
    resultado = models.CharField("resultado", max_length=12, choices=Resultado)
    item = models.ForeignKey(Item, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="elemento")
    version = models.PositiveIntegerField(default=1)
    antes = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    suerte = models.CharField("al deshacer", max_length=12, choices=Suerte, default=Suerte.VIGENTE, blank=True)
    motivo = models.CharField("motivo", max_length=300, blank=True)
    constancia: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "fila importada"
        verbose_name_plural = "filas importadas"
        indexes = [models.Index(fields=["importacion", "numero"], name="fila_importada_numero")]

    def __str__(self) -> str:
        return f"fila {self.numero}: {self.get_resultado_display().lower()}"


class MapeoRecordado(models.Model):
    """A qué campo mandó una persona cada columna la última vez que subió ese encabezado para ese tipo, y qué constantes escribió.

    El `mapeo` más reciente se le propone a cualquiera; las `constantes`, sólo a quien las escribió: pueden decir lo que no se publica.
    """

    huella = models.CharField(max_length=64)
    tipo = models.CharField(max_length=30, blank=True)
    mapeo = models.JSONField(default=list)
    constantes = models.JSONField(default=dict, blank=True)
    actor = models.ForeignKey(Usuario, models.PROTECT, null=True, blank=True, related_name="+")
    usado = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "mapeo recordado"
        verbose_name_plural = "mapeos recordados"
        constraints = [models.UniqueConstraint(fields=["huella", "tipo", "actor"], name="mapeo_por_encabezado_tipo_y_persona")]

    def __str__(self) -> str:
        return f"{self.tipo or 'cualquier tipo'}: {', '.join(filter(None, self.mapeo))[:80]}"
