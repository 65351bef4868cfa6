"""Los modelos de texto con que se redacta una certificación."""

from typing import Any

from django.db import models
from django.db.models import Q

from certificaciones.reglas.models.vigencia import ConVigencia, VigenciaQuerySet, en_orden
from certificaciones.reglas.plantillas import variables_de


class TipoDeSoporte(models.TextChoices):
    """De qué es la copia: decide qué se puede afirmar de ella."""

    ORIGINAL_AUTOGRAFO = "original_autografo", "Original con firma autógrafa"
    ORIGINAL_ELECTRONICO = "original_electronico", "Original firmado electrónicamente"
    COPIA_CERTIFICADA = "copia_certificada", "Copia certificada que obra en el archivo"
    COPIA_SIMPLE = "copia_simple_en_archivo", "Copia simple que obra en el archivo"
    VERSION_PUBLICA = "version_publica", "Versión pública"
    RECORTE = "recorte_medio", "Recorte, impresión o grabación de un medio"
    AUDIOVISUAL = "audiovisual", "Fotografía, audio o video en soporte digital"
    PORTAL = "impresion_portal", "Impresión de una página del portal"


class TextoQuerySet(VigenciaQuerySet):
    """Vocabulario de los modelos de texto."""

    def para(self, soporte: str) -> "TextoQuerySet":
        """Los de ese tipo de soporte, en uso."""
        return self.filter(tipo_soporte=soporte, activo=True)


class TextoDeCertificacion(ConVigencia):
    """Un modelo de texto. Párrafos separados por un renglón en blanco; `{{ variable }}` se sustituye.

    Lo que va entre `[[` y `]]` se omite si alguna de sus variables viene vacía. Nada más se interpreta.
    """

    clave = models.SlugField("clave", max_length=40)
    nombre = models.CharField("nombre", max_length=200)
    tipo_soporte = models.CharField("para copias de", max_length=30, choices=TipoDeSoporte)
    cuerpo = models.TextField("texto")
    activo = models.BooleanField("en uso", default=True)
    es_muestra = models.BooleanField(
        "texto de muestra", default=False, help_text="Falta que lo revise el área jurídica de la institución."
    )

    objects = TextoQuerySet.as_manager()

    class Meta:
        verbose_name = "modelo de texto"
        verbose_name_plural = "modelos de texto"
        ordering = ("tipo_soporte", "clave", "-vigente_desde")
        constraints = [
            en_orden("texto_con_fechas_en_orden"),
            models.UniqueConstraint(fields=["clave", "vigente_desde"], name="texto_unico_por_fecha"),
            models.CheckConstraint(condition=~Q(cuerpo=""), name="texto_no_vacio"),
        ]

    def __str__(self) -> str:
        return self.nombre

    @property
    def variables(self) -> frozenset[str]:
        """Las que nombra."""
        return variables_de(self.cuerpo)

    def instantanea(self) -> dict[str, Any]:
        """El modelo tal como estaba al certificar."""
        return {
            "clave": self.clave,
            "nombre": self.nombre,
            "tipo_soporte": self.tipo_soporte,
            "cuerpo": self.cuerpo,
            "vigente_desde": self.vigente_desde.isoformat(),
            "es_muestra": self.es_muestra,
        }
