"""Un documento en su expediente: lugar, fojas y lo que de él se congela al cerrar."""

from django.db import models
from django.db.models import F, Q

from archivo.archivistica.expedientes.fojas import rango_escrito
from archivo.archivistica.models.expediente import Expediente, Legajo
from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Usuario


class IntegracionQuerySet(models.QuerySet["Integracion"]):
    """Vocabulario de las integraciones."""

    def vigentes(self) -> "IntegracionQuerySet":
        """Las que siguen en su expediente."""
        return self.filter(retirada_en__isnull=True)

    def en_orden(self) -> "IntegracionQuerySet":
        """En el orden del expediente."""
        return self.order_by("orden", "id")


class Integracion(models.Model):
    """Un documento integrado. Sus fojas son del expediente entero y siguen a las anteriores: la base no admite huecos,
    traslapes ni cambios (véase `disparadores`), ni documentos en un expediente que no esté abierto.

    Quien se va por acuerdo de reclasificación deja la fila (`retirada_en`) con sus fojas ocupadas por el testigo.
    """

    class Caras(models.TextChoices):
        """Qué caras de la hoja tienen texto: de ello depende cuántas páginas hacen una foja."""

        ANVERSO = "anverso", "Una cara: cada página es una foja"
        AMBOS = "ambos", "Dos caras: cada dos páginas son una foja"

    class Ejemplar(models.TextChoices):
        """Qué ejemplar se conserva; de ello depende cómo se puede certificar."""

        ORIGINAL = "original", "Original"
        COPIA_CERTIFICADA = "copia_certificada", "Copia certificada"
        COPIA_SIMPLE = "copia_simple", "Copia simple"

    expediente = models.ForeignKey(Expediente, models.PROTECT, related_name="integraciones")
    legajo = models.ForeignKey(Legajo, models.PROTECT, null=True, blank=True, related_name="integraciones")
    item = models.ForeignKey(Item, models.PROTECT, related_name="integraciones")
    orden = models.PositiveIntegerField("orden")
    foja_inicial = models.PositiveIntegerField(null=True, blank=True)
    foja_final = models.PositiveIntegerField(null=True, blank=True)
    caras = models.CharField("caras", max_length=10, choices=Caras, default=Caras.ANVERSO)
    ejemplar = models.CharField("ejemplar", max_length=20, choices=Ejemplar, default=Ejemplar.ORIGINAL)
    tipo_documental = models.CharField("tipo documental", max_length=120)
    huella_contenido = models.CharField(max_length=64, blank=True, editable=False)
    integrado_en = models.DateTimeField(auto_now_add=True)
    integrado_por = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+")
    retirada_en = models.DateTimeField(null=True, blank=True)
    acuerdo = models.CharField("acuerdo de reclasificación", max_length=300, blank=True)
    viene_de = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="pasa_a")

    objects = IntegracionQuerySet.as_manager()

    class Meta:
        verbose_name = "documento integrado"
        verbose_name_plural = "documentos integrados"
        ordering = ("orden", "id")
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(retirada_en__isnull=True), name="item_en_un_solo_expediente"),
            models.UniqueConstraint(fields=["expediente", "foja_inicial"], name="foja_unica_en_expediente"),
            models.CheckConstraint(
                condition=Q(foja_inicial__isnull=True, foja_final__isnull=True, legajo__isnull=True)
                | Q(foja_inicial__gte=1, foja_final__gte=F("foja_inicial"), legajo__isnull=False),
                name="fojas_completas",
            ),
            models.CheckConstraint(condition=Q(retirada_en__isnull=True) | ~Q(acuerdo=""), name="retiro_con_acuerdo"),
        ]
        indexes = [models.Index(fields=["expediente", "orden"], name="integracion_en_orden")]

    def __str__(self) -> str:
        return f"{self.orden}. {self.tipo_documental}"

    @property
    def fojas(self) -> int:
        """Cuántas fojas ocupa."""
        if self.foja_inicial is None or self.foja_final is None:
            return 0
        return self.foja_final - self.foja_inicial + 1

    @property
    def fojas_escritas(self) -> str:
        """«1–3», «4» o, sin papel, «»."""
        return "" if self.foja_inicial is None or self.foja_final is None else rango_escrito(self.foja_inicial, self.foja_final)
