"""Lo común a lo que puede tener derechos de terceros: un elemento o uno de sus archivos."""

from django.db import models

from archivo.objetos.puerta import ObjetoDigital


class Consentimiento(models.TextChoices):
    """Si quien aparece aceptó que se difunda su imagen (LFDA art. 87; LGDNNA arts. 76 a 80)."""

    NO_REQUIERE = "no_requiere", "No se requiere"
    PENDIENTE = "pendiente", "Pendiente"
    OTORGADO = "otorgado", "Otorgado"


class ConDerechos(models.Model):
    """De quién es, con qué licencia y hasta cuándo; y el consentimiento de quien aparece.

    `derechos` guarda `{"titular", "licencia", "nota"}` (textos). Lo que falte baja el acceso efectivo: ver
    `acceso.limite_por_derechos`.
    """

    derechos = models.JSONField("derechos", default=dict, blank=True)
    derechos_hasta = models.DateField(
        "se puede difundir hasta", null=True, blank=True, help_text="Último día de la licencia. Vacía: sin plazo."
    )
    menores = models.BooleanField("aparecen menores de edad reconocibles", default=False)
    consentimiento = models.CharField("consentimiento", max_length=12, choices=Consentimiento, default=Consentimiento.NO_REQUIERE)
    consentimiento_objeto = models.ForeignKey(
        ObjetoDigital, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="documento del consentimiento"
    )

    class Meta:
        abstract = True
