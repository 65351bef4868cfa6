"""Los documentos de una certificación: de qué archivo salen, qué páginas, qué expediente y qué fojas les tocan."""

from typing import Any, cast

from django.db import models

from archivo.archivistica.puerta import Expediente, Integracion
from archivo.catalogo.puerta import Item
from archivo.objetos.puerta import ObjetoDigital
from certificaciones.actos.estados import EXPEDIDA
from certificaciones.actos.models.certificacion import ActoInmutable, Certificacion


class DeUnActoQuerySet(models.QuerySet):
    """Las partes de una expedida no se cambian tampoco en bloque (la base lo impide además)."""

    def _hay_expedidas(self) -> bool:
        camino: str = getattr(self.model, "camino")  # noqa: B009 - el modelo genérico no lo declara
        return self.filter(**{f"{camino}__estado": EXPEDIDA}).exists()

    def update(self, **kwargs: Any) -> int:
        """Sólo las de un borrador."""
        if self._hay_expedidas():
            raise ActoInmutable("Entre esas filas hay partes de una certificación expedida, que no se cambian.")
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Sólo las de un borrador."""
        if self._hay_expedidas():
            raise ActoInmutable("Entre esas filas hay partes de una certificación expedida, que no se borran.")
        return super().delete()


class DeUnActo(models.Model):
    """Lo común a las partes de una certificación: se congelan con ella. `camino` lleva de la parte a su certificación."""

    camino = "certificacion"
    objects = DeUnActoQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Guarda mientras la certificación no esté expedida."""
        self._exigir_en_tramite()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Quita mientras la certificación no esté expedida."""
        self._exigir_en_tramite()
        return super().delete(*args, **kwargs)

    @property
    def acto(self) -> Certificacion:
        """La certificación de la que es parte."""
        parte: Any = self
        for paso in self.camino.split("__"):
            parte = getattr(parte, paso)
        return cast("Certificacion", parte)

    def _exigir_en_tramite(self) -> None:
        if self.acto.estado == EXPEDIDA:
            raise ActoInmutable(f"{self.acto}: ya está expedida y sus partes no se cambian.")


class DocumentoCertificado(DeUnActo):
    """Un documento de la copia, con todo lo que hará falta saber de él aunque después cambie su elemento.

    Con archivo: `objeto` y `sha256` son los de sus bytes. Sin archivo: `objeto` es null y `sha256` es la huella del texto en UTF-8.
    `paginas` son las que se copian (null, todas). `ejemplar` es lo que obra en el expediente: original, copia certificada o copia simple.
    """

    class Caras(models.TextChoices):
        """Qué caras de la hoja se copian."""

        ANVERSO = "anverso", "Una cara: cada página es una foja"
        AMBOS = "ambos", "Dos caras: cada dos páginas son una foja"
        REVERSO_EN_BLANCO = "reverso_en_blanco", "Una cara, con el reverso en blanco"

    certificacion = models.ForeignKey(Certificacion, models.PROTECT, related_name="documentos")
    orden = models.PositiveSmallIntegerField("orden")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="elemento")
    item_clave = models.CharField(max_length=12)
    objeto = models.ForeignKey(ObjetoDigital, models.PROTECT, null=True, blank=True, related_name="+")
    rol = models.CharField("papel del archivo", max_length=20, blank=True)
    nombre = models.CharField("nombre del archivo", max_length=255)
    titulo = models.CharField("título", max_length=1000)
    descripcion = models.CharField("descripción", max_length=1200)
    mime = models.CharField("formato", max_length=120)
    sha256 = models.CharField("SHA-256", max_length=64)
    bytes = models.PositiveBigIntegerField("bytes", default=0)
    paginas = models.JSONField("páginas", null=True, blank=True)
    caras = models.CharField("caras", max_length=20, choices=Caras, default=Caras.ANVERSO)
    adjuntar = models.BooleanField("adjuntar el original", default=True)
    acceso = models.CharField("acceso", max_length=25, blank=True)
    integracion = models.ForeignKey(Integracion, models.PROTECT, null=True, blank=True, related_name="+")
    expediente = models.ForeignKey(Expediente, models.PROTECT, null=True, blank=True, related_name="+")
    expediente_codigo = models.CharField("expediente", max_length=250, blank=True)
    legajo = models.CharField("legajo", max_length=40, blank=True)
    foja_inicial = models.PositiveIntegerField("de la foja del expediente", null=True, blank=True)
    foja_final = models.PositiveIntegerField("a la foja del expediente", null=True, blank=True)
    ejemplar = models.CharField("ejemplar", max_length=20, blank=True)
    area_clave = models.CharField("área", max_length=40, blank=True)
    fojas = models.PositiveIntegerField("fojas de la copia", default=0)
    foja_desde = models.PositiveIntegerField("primera foja de la copia", default=0)
    ruta = models.CharField("cómo se reprodujo", max_length=600, blank=True)
    confirmado = models.BooleanField("se revisó que el archivo dañado se lee completo", default=False)
    dictamen = models.CharField("firmas que ya traía", max_length=600, blank=True)

    class Meta:
        verbose_name = "documento certificado"
        verbose_name_plural = "documentos certificados"
        ordering = ("orden",)
        constraints = [models.UniqueConstraint(fields=["certificacion", "orden"], name="documento_en_su_lugar")]

    def __str__(self) -> str:
        return self.titulo

    @property
    def foja_hasta(self) -> int:
        """La última foja de la copia que ocupa."""
        return self.foja_desde + self.fojas - 1
