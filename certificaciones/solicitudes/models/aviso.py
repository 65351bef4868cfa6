"""Los correos que se deben a quien pidió. La fila dice qué falta mandar; no guarda ni la dirección ni el texto."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from archivo.salidas import EstadoDeCorreo
from certificaciones.reglas.puerta import ClaseDeAviso
from certificaciones.solicitudes.models.pago import OrdenDePago
from certificaciones.solicitudes.models.solicitud import Solicitud


class AvisoQuerySet(models.QuerySet["Aviso"]):
    """Vocabulario de los avisos."""

    def por_mandar(self) -> "AvisoQuerySet":
        """Los pendientes cuya hora llegó."""
        return self.filter(estado=Aviso.Estado.PENDIENTE, proximo__lte=timezone.now()).order_by("proximo", "id")

    def con_falla(self) -> "AvisoQuerySet":
        """Los que se intentaron y no han salido."""
        return self.filter(estado__in=(Aviso.Estado.PENDIENTE, Aviso.Estado.FALLIDO)).exclude(error="").order_by("id")


class Aviso(models.Model):
    """Un correo por mandar o mandado. `unico` impide que el mismo hecho se avise dos veces."""

    Estado = EstadoDeCorreo

    solicitud = models.ForeignKey(Solicitud, models.CASCADE, related_name="avisos")
    clase = models.CharField("clase", max_length=30, choices=ClaseDeAviso)
    orden = models.ForeignKey(OrdenDePago, models.PROTECT, null=True, related_name="+")
    unico = models.CharField(max_length=60, unique=True)
    estado = models.CharField(max_length=10, choices=Estado, default=Estado.PENDIENTE)
    intentos = models.PositiveSmallIntegerField(default=0)
    proximo = models.DateTimeField("no antes de", default=timezone.now)
    error = models.CharField("por qué no salió", max_length=300, blank=True)
    creado = models.DateTimeField(default=timezone.now)
    enviado_en = models.DateTimeField(null=True)

    objects = AvisoQuerySet.as_manager()

    class Meta:
        verbose_name = "aviso"
        verbose_name_plural = "avisos"
        ordering = ("id",)
        indexes = [models.Index(fields=["proximo"], condition=Q(estado="pendiente"), name="aviso_por_mandar")]

    def __str__(self) -> str:
        return f"{self.get_clase_display()} ({self.get_estado_display().lower()})"
