"""La orden de pago y cómo se cubre. Sólo se agrega: una orden mal emitida se sustituye con otra."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from archivo.auditoria.puerta import Historia
from archivo.identidad.puerta import Usuario
from archivo.objetos.puerta import ObjetoDigital
from certificaciones.solicitudes.models.solicitud import Solicitud


class OrdenDePago(Historia):
    """Lo que se cobra, congelado al emitirla: renglones con su tarifa, el total y la política de ese día."""

    solicitud = models.ForeignKey(Solicitud, models.PROTECT, related_name="ordenes")
    sustituye_a = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="sustituta")
    emitida = models.DateTimeField(default=timezone.now)
    emitida_por = models.ForeignKey(Usuario, models.PROTECT, related_name="+")
    hojas = models.PositiveIntegerField("hojas que se entregan")
    renglones = models.JSONField(default=list)
    suma = models.DecimalField(max_digits=12, decimal_places=2)
    total = models.DecimalField(max_digits=12, decimal_places=2)
    reglas = models.JSONField(default=dict)

    class Meta:
        verbose_name = "orden de pago"
        verbose_name_plural = "órdenes de pago"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(total__gte=0), name="orden_sin_negativos"),
            models.CheckConstraint(condition=~Q(sustituye_a=F("id")), name="orden_no_se_sustituye_a_si_misma"),
        ]

    def __str__(self) -> str:
        return f"Orden {self.pk} de {self.solicitud.folio}"

    def como_dict(self) -> dict[str, Any]:
        """Para mostrarla: renglones, suma y total."""
        return {"renglones": self.renglones, "suma": self.suma, "total": self.total, "hojas": self.hojas}


class Pago(Historia):
    """La orden quedó pagada: con qué recibo, cuánto y cuándo."""

    orden = models.OneToOneField(OrdenDePago, models.PROTECT, related_name="pago")
    recibo = models.CharField("recibo", max_length=80)
    monto = models.DecimalField("monto", max_digits=12, decimal_places=2)
    fecha = models.DateField("fecha del pago")
    comprobante = models.ForeignKey(ObjetoDigital, models.PROTECT, null=True, blank=True, related_name="+")
    registrado_por = models.ForeignKey(Usuario, models.PROTECT, related_name="+")
    registrado = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "pago"
        verbose_name_plural = "pagos"
        constraints = [
            models.CheckConstraint(condition=~Q(recibo=""), name="pago_con_recibo"),
            models.CheckConstraint(condition=Q(monto__gte=Decimal(0)), name="pago_sin_negativos"),
        ]

    def __str__(self) -> str:
        return f"Recibo {self.recibo}"


class ExencionDePago(Historia):
    """La solicitud no paga, y por qué."""

    class Causa(models.TextChoices):
        """Lo que exime."""

        AUTORIDAD = "autoridad", "Petición oficial de autoridad (LFD, art. 5)"
        AMPARO = "amparo", "Juicio de amparo o relación laboral (LFD, art. 5)"
        SOCIOECONOMICA = "socioeconomica", "Circunstancias socioeconómicas (LGTAIP, art. 143)"
        TARDANZA = "tardanza", "Falta de respuesta en el plazo (LGTAIP, art. 136)"
        RECURSO = "recurso", "Resolución de un recurso (LGTAIP, art. 149)"
        INTERNA = "interna", "Uso interno de la institución"

    solicitud = models.OneToOneField(Solicitud, models.PROTECT, related_name="exencion")
    causa = models.CharField("causa", max_length=20, choices=Causa)
    motivo = models.CharField("motivo", max_length=300, help_text="Como lo dirá la certificación.")
    autorizada_por = models.ForeignKey(Usuario, models.PROTECT, related_name="+")
    momento = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "exención de pago"
        verbose_name_plural = "exenciones de pago"
        constraints = [models.CheckConstraint(condition=~Q(motivo=""), name="exencion_con_motivo")]

    def __str__(self) -> str:
        return self.get_causa_display()
