"""Los asientos de un registro, los nodos de su árbol, sus puntos de control y los sellos de tiempo. Nada de esto se cambia nunca."""

from django.db import models
from django.utils import timezone

from archivo.auditoria.puerta import Historia

HUELLA_INICIAL = "0" * 64


class Registro(models.TextChoices):
    """Los dos registros: el de lo expedido y el de los ensayos, con el mismo código y llaves distintas."""

    EXPEDIDAS = "expedidas", "copias expedidas"
    ENSAYOS = "ensayos", "ensayos sin validez"


class TurnoDeRegistro(models.Model):
    """Una fila por registro: quien asienta la bloquea hasta el fin de su transacción, y así los lugares no tienen huecos."""

    registro = models.CharField("registro", max_length=20, choices=Registro, primary_key=True)

    class Meta:
        verbose_name = "turno de registro"
        verbose_name_plural = "turnos de registro"


class Asiento(Historia):
    """Un renglón del registro.

    `hoja` es JSON canónico, los bytes exactos que entran al árbol; `huella_de_hoja`, la de RFC 6962; `huella` encadena este
    asiento con el anterior. `indice` empieza en 0 y no tiene huecos.
    """

    registro = models.CharField("registro", max_length=20, choices=Registro)
    indice = models.PositiveBigIntegerField("lugar")
    momento = models.DateTimeField("momento", default=timezone.now)
    evento = models.CharField("evento", max_length=20)
    folio = models.CharField("folio", max_length=80)
    hoja = models.TextField("hoja")
    huella_de_hoja = models.CharField("huella de la hoja", max_length=64)
    anterior = models.CharField("huella anterior", max_length=64)
    huella = models.CharField("huella", max_length=64)

    class Meta:
        verbose_name = "asiento"
        verbose_name_plural = "asientos"
        ordering = ("registro", "indice")
        constraints = [models.UniqueConstraint(fields=["registro", "indice"], name="asiento_en_su_lugar")]
        indexes = [models.Index(fields=["registro", "folio", "indice"], name="asiento_por_folio")]

    def __str__(self) -> str:
        return f"{self.registro} {self.indice}: {self.evento} {self.folio}"


class NodoDelArbol(Historia):
    """Un subárbol lleno de 2**nivel hojas (nivel ≥ 1): una vez completo no cambia, así que se guarda."""

    registro = models.CharField("registro", max_length=20, choices=Registro)
    nivel = models.PositiveSmallIntegerField("nivel")
    indice = models.PositiveBigIntegerField("lugar en su nivel")
    huella = models.CharField("huella", max_length=64)

    class Meta:
        verbose_name = "nodo del árbol"
        verbose_name_plural = "nodos del árbol"
        constraints = [models.UniqueConstraint(fields=["registro", "nivel", "indice"], name="nodo_en_su_lugar")]


class PuntoDeControl(Historia):
    """La raíz del árbol con `tamano` hojas, firmada por la llave del registro: `nota` es el texto de C2SP."""

    registro = models.CharField("registro", max_length=20, choices=Registro)
    tamano = models.PositiveBigIntegerField("asientos")
    raiz = models.CharField("raíz", max_length=64)
    momento = models.DateTimeField("momento", default=timezone.now)
    nota = models.TextField("nota firmada")

    class Meta:
        verbose_name = "punto de control"
        verbose_name_plural = "puntos de control"
        ordering = ("registro", "tamano")
        constraints = [models.UniqueConstraint(fields=["registro", "tamano"], name="punto_por_tamano")]

    def __str__(self) -> str:
        return f"{self.registro}: {self.tamano} asientos"


class SelloDeTiempo(Historia):
    """Un token RFC 3161 sobre `texto`: la nota de un punto de control o, si `punto` falta, la renovación de otros sellos.

    `momento` es la hora que dice el sello y `vence` el fin de vigencia del certificado de quien selló.
    """

    registro = models.CharField("registro", max_length=20, choices=Registro)
    punto = models.ForeignKey(PuntoDeControl, models.PROTECT, null=True, blank=True, related_name="sellos", verbose_name="punto")
    texto = models.TextField("texto sellado")
    token = models.TextField("token en base64")
    momento = models.DateTimeField("hora del sello")
    vence = models.DateTimeField("vence el certificado")

    class Meta:
        verbose_name = "sello de tiempo"
        verbose_name_plural = "sellos de tiempo"
        ordering = ("id",)
        indexes = [models.Index(fields=["registro", "vence"], name="sello_por_vencimiento")]


class SelloRenovado(Historia):
    """Qué sello nuevo cubre a cuál anterior, antes de que el anterior venza. Cada uno se renueva una vez; el nuevo, después."""

    anterior = models.OneToOneField(SelloDeTiempo, models.PROTECT, related_name="renovado_por", verbose_name="sello anterior")
    nuevo = models.ForeignKey(SelloDeTiempo, models.PROTECT, related_name="renueva", verbose_name="sello nuevo")

    class Meta:
        verbose_name = "sello renovado"
        verbose_name_plural = "sellos renovados"
