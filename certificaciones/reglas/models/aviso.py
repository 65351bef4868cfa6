"""Lo que se escribe a quien pidió una copia, con fechas: cada institución pone el suyo."""

from django.db import models

from certificaciones.reglas.models.vigencia import ConVigencia, VigenciaQuerySet, en_orden


class ClaseDeAviso(models.TextChoices):
    """Cuándo se escribe."""

    ORDEN = "orden_de_pago", "Hay una orden de pago"
    RECORDATORIO = "recordatorio_de_pago", "El plazo para pagar está por vencer"
    LISTA = "copia_lista", "La copia está lista"
    ENTREGADA = "copia_entregada", "La copia se entregó"


class TextoDeAviso(ConVigencia):
    """El correo de una clase de aviso: asunto y cuerpo con variables `{{ … }}`. No hay variables con datos de personas."""

    clase = models.CharField("cuándo se manda", max_length=30, choices=ClaseDeAviso)
    asunto = models.CharField("asunto", max_length=150)
    cuerpo = models.TextField("cuerpo")
    es_muestra = models.BooleanField("de muestra", default=False, help_text="Nadie de la institución lo ha revisado.")

    objects = VigenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "aviso por correo"
        verbose_name_plural = "avisos por correo"
        ordering = ("clase", "-vigente_desde")
        constraints = [en_orden("aviso_con_fechas_en_orden")]

    def __str__(self) -> str:
        return self.get_clase_display()
