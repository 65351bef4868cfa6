"""Lo que cada institución decide sobre sus certificaciones, entre dos fechas."""

from typing import Any

from django.db import models

from certificaciones.reglas.models.calendario import Calendario
from certificaciones.reglas.models.tarifa import Tabulador
from certificaciones.reglas.models.vigencia import ConVigencia, VigenciaQuerySet, en_orden


class PoliticaDeCertificacion(ConVigencia):
    """Lo que las normas dejan a cada institución. Sin una registrada rigen los valores de aquí, que son los prudentes."""

    tabulador = models.ForeignKey(
        Tabulador, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tabulador con que se cobra"
    )
    cotejador_distinto = models.BooleanField("quien certifica no puede ser quien cotejó", default=True)
    cuenta_certificacion = models.BooleanField("la hoja de certificación cuenta entre las fojas", default=False)
    certifica_copia_simple = models.BooleanField("se certifican documentos de los que sólo hay copia simple", default=False)
    certifica_recortes = models.BooleanField("se certifican recortes y grabaciones de medios", default=True)
    cobra_por_hoja_impresa = models.BooleanField(
        "se cobra por hoja impresa por ambos lados", default=False, help_text="Dos páginas son una hoja."
    )
    dias_para_pagar = models.PositiveSmallIntegerField("días hábiles para pagar", default=30)
    dias_de_recordatorio = models.PositiveSmallIntegerField(
        "días hábiles antes de que venza en que se recuerda", default=5, help_text="Cero: no se recuerda."
    )
    calendario = models.ForeignKey(
        Calendario,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="calendario de días hábiles",
        help_text="Sin él no se sabe en qué fecha vence el plazo para pagar.",
    )
    fundamento = models.TextField("fundamento", blank=True)
    es_muestra = models.BooleanField("valores de muestra", default=False, editable=False)

    objects = VigenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "política de certificación"
        verbose_name_plural = "políticas de certificación"
        ordering = ("-vigente_desde", "-id")
        constraints = [en_orden("politica_con_fechas_en_orden")]

    def __str__(self) -> str:
        return f"Desde el {self.vigente_desde:%d/%m/%Y}"

    def instantanea(self) -> dict[str, Any]:
        """La política tal como estaba."""
        fuera = {"id", "vigente_desde", "vigente_hasta", "tabulador", "calendario", "es_muestra"}
        return {c.name: getattr(self, c.name) for c in self._meta.fields if c.name not in fuera} | {
            "tabulador": self.tabulador.clave if self.tabulador else None,
            "calendario": self.calendario.clave if self.calendario else None,
        }
