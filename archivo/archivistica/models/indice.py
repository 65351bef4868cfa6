"""El índice electrónico de un expediente cerrado: una fila por versión, que no cambia."""

from django.db import models
from django.utils import timezone

from archivo.archivistica.models.expediente import Expediente
from archivo.auditoria.puerta import Historia
from archivo.identidad.puerta import Usuario


class IndiceElectronico(Historia):
    """Los bytes del índice, en JSON y en XML, con sus SHA-256 y la huella que lo encadena al anterior.

    `huella` = SHA-256 de `anterior`, código, versión y los dos SHA-256, en renglones. La primera versión sigue a 64 ceros.
    """

    expediente = models.ForeignKey(Expediente, models.PROTECT, related_name="indices")
    version = models.PositiveIntegerField("versión")
    momento = models.DateTimeField("momento", default=timezone.now)
    autor = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+")
    documentos = models.PositiveIntegerField()
    contenido_json = models.BinaryField()
    contenido_xml = models.BinaryField()
    sha256_json = models.CharField(max_length=64)
    sha256_xml = models.CharField(max_length=64)
    anterior = models.CharField(max_length=64)
    huella = models.CharField(max_length=64)

    class Meta:
        verbose_name = "índice electrónico"
        verbose_name_plural = "índices electrónicos"
        ordering = ("version",)
        constraints = [models.UniqueConstraint(fields=["expediente", "version"], name="indice_version_unica")]

    def __str__(self) -> str:
        return f"Índice de {self.expediente_id}, versión {self.version}"
