"""Los instrumentos de descripción que llegaron de otros archivos (AtoM, EAD), y qué hay aquí de cada unidad suya."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from archivo.archivistica.puerta import CuadroClasificacion, Expediente, NivelClasificacion
from archivo.catalogo.puerta import NIVELES, Item
from archivo.identidad.puerta import Area, Usuario

_ACCESOS = [(n.clave, n.nombre) for n in NIVELES.values()]


class InstrumentoRecibido(models.Model):
    """Un fondo descrito en otro archivo. Su cuadro se conserva como vino (LGA 18); `fuente` lo reconoce si vuelve a llegar.

    `cabecera` es lo que el instrumento dice de sí: `titulo`, `editor`, `lengua`, `reglas` y `original` (la cabecera de EAD).
    """

    fuente = models.CharField("fuente", max_length=200, unique=True)
    formato = models.CharField("formato", max_length=10)
    cuadro = models.OneToOneField(CuadroClasificacion, models.PROTECT, related_name="instrumento", verbose_name="cuadro")
    cabecera = models.JSONField("cabecera", default=dict)
    actualizado = models.DateTimeField("última importación", auto_now=True)

    class Meta:
        verbose_name = "instrumento recibido"
        verbose_name_plural = "instrumentos recibidos"

    def __str__(self) -> str:
        return f"{self.cabecera.get('titulo') or self.fuente}"


class UnidadRecibida(models.Model):
    """Una unidad del instrumento: lo que dijo de sí (`recibido`, con la forma de `Unidad.como_dict`) y qué es aquí.

    Una clase del cuadro, un expediente o un elemento: exactamente uno. `acceso` es el suyo con el de todas las que la contienen.
    """

    instrumento = models.ForeignKey(InstrumentoRecibido, models.PROTECT, related_name="unidades")
    madre = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="hijas")
    id_externo = models.CharField("identificador de origen", max_length=250)
    orden = models.PositiveIntegerField("orden")
    nivel = models.OneToOneField(NivelClasificacion, models.PROTECT, null=True, blank=True, related_name="recibida")
    expediente = models.OneToOneField(Expediente, models.PROTECT, null=True, blank=True, related_name="recibida")
    item = models.OneToOneField(Item, models.PROTECT, null=True, blank=True, related_name="recibida")
    acceso = models.CharField("acceso", max_length=25, choices=_ACCESOS, default="interno")
    recibido: Any = models.JSONField("como llegó", default=dict)
    huella = models.CharField(max_length=64)

    class Meta:
        verbose_name = "unidad recibida"
        verbose_name_plural = "unidades recibidas"
        ordering = ("instrumento", "orden")
        constraints = [
            models.UniqueConstraint(fields=["instrumento", "id_externo"], name="unidad_recibida_unica"),
            models.CheckConstraint(
                condition=Q(nivel__isnull=False, expediente__isnull=True, item__isnull=True)
                | Q(nivel__isnull=True, expediente__isnull=False, item__isnull=True)
                | Q(nivel__isnull=True, expediente__isnull=True, item__isnull=False),
                name="unidad_recibida_es_una_cosa",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id_externo}: {self.recibido.get('titulo', '')}"


class CargaDeDescripciones(models.Model):
    """Un archivo de AtoM o EAD que alguien subió: se ensaya, se mira qué pasaría y se importa entero o no se importa.

    `ensayo` y `recuento` tienen la forma de `importar`, con hasta cien errores y cien avisos y una muestra del árbol.
    """

    class Estado(models.TextChoices):
        """Dónde va."""

        ENSAYANDO = "ensayando", "Ensayando"
        ENSAYADA = "ensayada", "Ensayada"
        IMPORTANDO = "importando", "Importando"
        IMPORTADA = "importada", "Importada"
        RECHAZADA = "rechazada", "No se importó nada"

    nombre = models.CharField("archivo", max_length=255)
    ruta = models.CharField(max_length=200, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    acceso = models.CharField("acceso", max_length=25, choices=_ACCESOS, default="interno")
    publicar = models.BooleanField("publicar lo que el archivo da por publicado", default=False)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="área que lo recibe")
    fuente = models.CharField("fuente", max_length=200, blank=True)
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.ENSAYANDO)
    ensayo: Any = models.JSONField("resultado del ensayo", default=dict, blank=True)
    recuento: Any = models.JSONField("resultado", default=dict, blank=True)
    motivo = models.TextField("motivo", blank=True)
    instrumento = models.ForeignKey(InstrumentoRecibido, models.PROTECT, null=True, blank=True, related_name="cargas")
    actor = models.ForeignKey(Usuario, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quién")
    momento = models.DateTimeField("cuándo", auto_now_add=True)

    class Meta:
        verbose_name = "carga de descripciones"
        verbose_name_plural = "cargas de descripciones"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.nombre}: {self.get_estado_display().lower()}"

    def get_absolute_url(self) -> str:
        """Su página en la oficina."""
        return reverse("oficina_descripciones_carga", args=[self.pk])

    @property
    def en_curso(self) -> bool:
        """¿Hay un trabajo que la está moviendo?"""
        return self.estado in {self.Estado.ENSAYANDO, self.Estado.IMPORTANDO}

    @property
    def archivo(self) -> Path:
        """Los bytes como llegaron."""
        return Path(settings.ACERVO_DATOS) / self.ruta
