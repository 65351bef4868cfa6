"""La remisión con acuse: una copia que se entrega por un enlace atado a un destinatario, y la constancia de que la recibió."""

from django.db import models
from django.utils import timezone

from archivo.auditoria.puerta import EnlaceConPlazo, Historia
from archivo.catalogo.puerta import clave_nueva
from archivo.identidad.puerta import Usuario
from archivo.objetos.puerta import ObjetoDigital
from certificaciones.actos.puerta import Certificacion


class Remision(EnlaceConPlazo):
    """Lo que se remite y a quién. Del enlace se guarda sólo su huella; `paquete` es el BagIt que se entrega, tal cual."""

    clave = models.CharField("clave", max_length=12, unique=True, default=clave_nueva)
    certificacion = models.ForeignKey(Certificacion, models.PROTECT, related_name="remisiones", verbose_name="certificación")
    destinatario = models.CharField("destinatario", max_length=300)
    referencia = models.CharField("oficio o expediente del destinatario", max_length=200, blank=True)
    paquete = models.ForeignKey(ObjetoDigital, models.PROTECT, related_name="+", verbose_name="paquete")
    sha256 = models.CharField("SHA-256 del paquete", max_length=64)
    momento = models.DateTimeField("remitida", default=timezone.now)
    remitida_por = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+", verbose_name="remitida por")
    remitida_por_nombre = models.CharField("nombre de quien remitió", max_length=200, blank=True)

    class Meta:
        verbose_name = "remisión"
        verbose_name_plural = "remisiones"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Remisión de {self.certificacion} a {self.destinatario}"


class AcuseDeRemision(Historia):
    """Quién recibió, con qué cargo y cuándo; `objeto` es el acuse en PDF que se le entregó."""

    remision = models.OneToOneField(Remision, models.PROTECT, related_name="acuse", verbose_name="remisión")
    recibe = models.CharField("quién recibe", max_length=200)
    cargo = models.CharField("cargo", max_length=200)
    momento = models.DateTimeField("recibida", default=timezone.now)
    objeto = models.ForeignKey(ObjetoDigital, models.PROTECT, related_name="+", verbose_name="acuse")
    sha256 = models.CharField("SHA-256 del acuse", max_length=64)

    class Meta:
        verbose_name = "acuse de remisión"
        verbose_name_plural = "acuses de remisión"

    def __str__(self) -> str:
        return f"Acuse de {self.remision}"
