"""Indicadores que la oficina arma sin programar: una búsqueda guardada y cómo se agrupa."""

from django.core.validators import RegexValidator
from django.db import models

from archivo.identidad.puerta import Usuario


class IndicadorPropio(models.Model):
    """Cuenta lo publicado en el periodo que esa búsqueda encuentra. `filtros` es campo → valores, como en la página de buscar."""

    class Agrupacion(models.TextChoices):
        """Cómo se reparte la cifra, además de por mes y por área."""

        TIPO = "tipo", "Por tipo de documento"
        SERIE = "serie", "Por serie"
        MEDIO = "medio", "Por medio"

    clave = models.CharField(
        "clave",
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*\Z", "Use mayúsculas, números y guiones: AGUA, AGUA-2.")],
    )
    nombre = models.CharField("nombre", max_length=150)
    unidad = models.CharField("unidad", max_length=40, default="documentos")
    cuenta = models.CharField("qué cuenta", max_length=500, help_text="En una frase, para quien lea la cifra.")
    texto = models.CharField(
        "palabras", max_length=500, blank=True, help_text="Todas deben estar. Con comillas, la frase exacta."
    )
    filtros = models.JSONField("filtros", default=dict, blank=True)
    agrupacion = models.CharField("se agrupa", max_length=10, choices=Agrupacion, default=Agrupacion.TIPO)
    activo = models.BooleanField("en uso", default=True, help_text="Sin marcar deja de calcularse; los cortes hechos no cambian.")
    creado_por = models.ForeignKey(Usuario, models.PROTECT, null=True, editable=False, related_name="+")
    creado = models.DateTimeField(auto_now_add=True)
    modificado = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "indicador propio"
        verbose_name_plural = "indicadores propios"
        ordering = ("clave",)

    def __str__(self) -> str:
        return f"{self.clave} · {self.nombre}"
