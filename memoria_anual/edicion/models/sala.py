"""La sala de quien audita desde fuera: un enlace que sólo lee, y lo que ahí se marca de cada cifra. Sólo se agrega."""

from django.db import models
from django.utils import timezone

from archivo.auditoria.puerta import EnlaceConPlazo, Historia
from archivo.identidad.puerta import Usuario
from memoria_anual.edicion.models.memoria import Memoria


class SalaDeAuditoria(EnlaceConPlazo):
    """A quién se abrió, hasta cuándo y qué puede ver.

    `acceso`: lo que el enlace abre de las listas; lo reservado y lo confidencial no se abren por un enlace, se cuentan.
    """

    class Acceso(models.TextChoices):
        """Hasta dónde lee."""

        PUBLICO = "publico", "Lo público"
        INTERNO = "interno", "Lo público y lo interno"

    memoria = models.ForeignKey(Memoria, models.PROTECT, related_name="salas")
    auditor = models.CharField("quién audita", max_length=200)
    referencia = models.CharField("oficio o número de auditoría", max_length=200, blank=True)
    acceso = models.CharField("qué puede ver", max_length=12, choices=Acceso, default=Acceso.PUBLICO)
    momento = models.DateTimeField("se abrió", default=timezone.now)
    abre = models.ForeignKey(Usuario, models.PROTECT, related_name="+", null=True, verbose_name="quién la abrió")

    class Meta:
        verbose_name = "sala de auditoría"
        verbose_name_plural = "salas de auditoría"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"Sala de {self.auditor}"

    @property
    def cerrada(self) -> bool:
        """¿La cerró la oficina?"""
        return hasattr(self, "cierre")

    @property
    def abierta(self) -> bool:
        """¿Su enlace abre?"""
        return not (self.vencida or self.cerrada)


class CierreDeSala(Historia):
    """Cuándo se cerró antes de su plazo, quién y por qué. Lo marcado se queda."""

    sala = models.OneToOneField(SalaDeAuditoria, models.PROTECT, related_name="cierre")
    momento = models.DateTimeField("momento", default=timezone.now)
    cierra = models.ForeignKey(Usuario, models.PROTECT, related_name="+", null=True, verbose_name="quién la cerró")
    motivo = models.CharField("motivo", max_length=500)

    class Meta:
        verbose_name = "cierre de sala"
        verbose_name_plural = "cierres de salas"

    def __str__(self) -> str:
        return f"Cierre de {self.sala}"


class MarcaDeAuditoria(Historia):
    """Lo que quien audita dijo de una cifra, con el valor y la huella que tenía a la vista. Vale la última de cada sala."""

    class Resultado(models.TextChoices):
        """En qué quedó."""

        CONFORME = "conforme", "Conforme"
        CON_OBSERVACION = "con_observacion", "Con observación"

    sala = models.ForeignKey(SalaDeAuditoria, models.PROTECT, related_name="marcas")
    clave = models.CharField("indicador", max_length=20)
    valor = models.CharField("valor que se vio", max_length=60)
    huella = models.CharField("huella que se vio", max_length=64)
    resultado = models.CharField("resultado", max_length=20, choices=Resultado)
    nota = models.TextField("nota", blank=True, max_length=2000)
    quien = models.CharField("quién marca", max_length=200)
    momento = models.DateTimeField("momento", default=timezone.now)

    class Meta:
        verbose_name = "marca de auditoría"
        verbose_name_plural = "marcas de auditoría"
        ordering = ("pk",)
        indexes = [models.Index(fields=["sala", "clave"], name="marca_por_sala_y_cifra")]

    def __str__(self) -> str:
        return f"{self.clave}: {self.get_resultado_display()}"

    def habla_de(self, cifra: dict[str, object]) -> bool:
        """¿La cifra sigue siendo la que se vio? Si se cortó otra vez o se ajustó, no."""
        return (self.valor, self.huella) == (cifra["valor"], cifra["huella"])
