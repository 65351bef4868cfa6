"""La ficha técnica de valoración documental de cada serie; su conjunto es el catálogo de disposición (LGA 4, 56)."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from archivo.archivistica.models.cuadro import NivelClasificacion
from archivo.identidad.puerta import Area

PLAZO_MAXIMO = Decimal(25)
"""Años que puede sumar un plazo de conservación (LGA 37)."""


def validar_medios_anios(valor: Decimal) -> None:
    """Los plazos se cuentan en años y medios años."""
    if (valor * 2) % 1:
        raise ValidationError("Escriba años enteros o medios años: 2 o 2.5.")


def _plazo(nombre: str, **opciones: Any) -> models.DecimalField:
    validadores: list[Any] = [MinValueValidator(Decimal(0), "Un plazo no puede ser negativo."), validar_medios_anios]
    return models.DecimalField(nombre, max_digits=5, decimal_places=1, validators=validadores, **opciones)


class FichaValoracion(models.Model):
    """Valores, plazos y destino de una serie. Los siete grupos mínimos de la ley son sus siete textos (LGA 56)."""

    class Destino(models.TextChoices):
        """Qué se hace con los expedientes cuando vence su plazo."""

        BAJA = "baja", "Baja documental"
        HISTORICO = "historico", "Conservación histórica"
        MUESTREO = "muestreo", "Muestreo"

    nivel = models.OneToOneField(NivelClasificacion, models.CASCADE, related_name="ficha", verbose_name="serie")
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name="áreas productoras")
    identificacion = models.TextField("identificación", blank=True)
    contexto = models.TextField("contexto", blank=True)
    contenido = models.TextField("contenido", blank=True)
    valoracion = models.TextField("valoración", blank=True)
    condiciones_acceso = models.TextField("condiciones de acceso", blank=True)
    ubicacion = models.TextField("ubicación", blank=True)
    responsable_custodia = models.TextField("responsable de la custodia", blank=True)

    valor_administrativo = models.BooleanField("administrativo", default=False)
    valor_legal = models.BooleanField("legal", default=False)
    valor_fiscal_contable = models.BooleanField("fiscal o contable", default=False)
    valor_evidencial = models.BooleanField("evidencial", default=False)
    valor_testimonial = models.BooleanField("testimonial", default=False)
    valor_informativo = models.BooleanField("informativo", default=False)

    plazo_tramite = _plazo("años en archivo de trámite", null=True, blank=True)
    plazo_concentracion = _plazo("años en archivo de concentración", null=True, blank=True)
    termino_precautorio = _plazo("término precautorio, en años", default=Decimal(0), blank=True)
    destino_final = models.CharField("destino final", max_length=10, choices=Destino, blank=True)
    tecnica_muestreo = models.TextField("técnica de muestreo", blank=True)
    fundamento = models.TextField("fundamento", blank=True)

    class Meta:
        verbose_name = "ficha de valoración"
        verbose_name_plural = "fichas de valoración"
        constraints = [
            models.CheckConstraint(
                condition=Q(plazo_tramite__isnull=True) | Q(plazo_tramite__gte=0), name="ficha_tramite_no_negativo"
            ),
            models.CheckConstraint(
                condition=Q(plazo_concentracion__isnull=True) | Q(plazo_concentracion__gte=0),
                name="ficha_concentracion_no_negativo",
            ),
            models.CheckConstraint(condition=Q(termino_precautorio__gte=0), name="ficha_precautorio_no_negativo"),
        ]

    def __str__(self) -> str:
        return f"Ficha de {self.nivel}"

    @property
    def vigencia(self) -> Decimal | None:
        """Años de vigencia documental: trámite más concentración; None si falta alguno."""
        if self.plazo_tramite is None or self.plazo_concentracion is None:
            return None
        return self.plazo_tramite + self.plazo_concentracion

    @property
    def plazo_total(self) -> Decimal | None:
        """Años de conservación: vigencia más término precautorio (LGA 4); la reserva de un expediente se suma en él."""
        return None if self.vigencia is None else self.vigencia + (self.termino_precautorio or Decimal(0))
