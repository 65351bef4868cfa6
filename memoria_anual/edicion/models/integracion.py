"""Lo que se reúne para integrar la memoria: aportaciones de las dependencias, ajustes de cifras y comentarios."""

import hashlib

from django.db import models
from django.utils import timezone

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Area, Usuario
from archivo.salidas import EstadoDeCorreo
from memoria_anual.edicion.estados import ESTADOS_DE_APORTACION, EstadoDeAportacion
from memoria_anual.edicion.models.memoria import Capitulo, Memoria


class AportacionDeArea(models.Model):
    """Lo que se pidió a una dependencia y lo que entregó: línea de acción, meta, relato y los elementos que lo prueban."""

    memoria = models.ForeignKey(Memoria, models.CASCADE, related_name="aportaciones")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="dependencia")
    estado = models.CharField("estado", max_length=20, default="solicitada", editable=False)
    pedida = models.DateTimeField("se pidió", default=timezone.now, editable=False)
    pide = models.ForeignKey(Usuario, models.PROTECT, related_name="+", null=True, editable=False)
    vence = models.DateField("se entrega a más tardar")
    linea = models.CharField("línea de acción", max_length=300, blank=True)
    meta = models.CharField("meta", max_length=300, blank=True)
    texto = models.TextField("qué se hizo", blank=True, max_length=8000)
    pruebas = models.ManyToManyField(Item, related_name="+", blank=True, verbose_name="elementos que lo prueban")
    entregada_en = models.DateTimeField("se entregó", null=True, editable=False)
    entrega = models.ForeignKey(Usuario, models.PROTECT, related_name="+", null=True, editable=False)
    observaciones = models.TextField("observaciones", blank=True, editable=False)

    class Meta:
        verbose_name = "aportación"
        verbose_name_plural = "aportaciones"
        ordering = ("area__nombre",)
        constraints = [models.UniqueConstraint(fields=["memoria", "area"], name="aportacion_unica_por_area")]

    def __str__(self) -> str:
        return f"{self.area}: {self.situacion.nombre.lower()}"

    @property
    def situacion(self) -> type[EstadoDeAportacion]:
        """Su estado, con lo que admite."""
        return ESTADOS_DE_APORTACION[self.estado]

    @property
    def se_retrasa(self) -> bool:
        """¿Se le pasó el plazo sin entregar?"""
        return self.situacion.se_captura and self.vence < timezone.localdate()

    @property
    def version(self) -> str:
        """Cambia con lo que dice: quien guarda trae la que vio, para no pisar lo que otra persona guardó antes."""
        pruebas = sorted(self.pruebas.values_list("clave", flat=True))
        return hashlib.sha256("\x1f".join((self.estado, self.linea, self.meta, self.texto, *pruebas)).encode()).hexdigest()[:16]

    @property
    def recordado(self) -> str:
        """Cuándo se le recordó por correo, y si alguno no ha salido; «» si nunca."""
        filas = list(self.recordatorios.all())
        mandados = {r.dia for r in filas if r.estado == EstadoDeCorreo.ENVIADO}
        dichos = [f"{len(mandados)}; el último, {max(mandados):%d/%m/%Y}"] if mandados else []
        dichos += [f"No ha salido: {r.error}" for r in filas if r.error][:1]
        return ". ".join(dichos)

    @property
    def objeto(self) -> str:
        """Cómo la nombra la bitácora."""
        return f"aportacion:{self.pk}"


class AjusteDeCifra(models.Model):
    """Un valor puesto a mano sobre el del corte. Sin justificación no existe, y la memoria lo dice al pie."""

    memoria = models.ForeignKey(Memoria, models.CASCADE, related_name="ajustes")
    clave = models.CharField("indicador", max_length=20)
    valor = models.DecimalField("valor ajustado", max_digits=20, decimal_places=2)
    justificacion = models.TextField("justificación", max_length=1000)
    autor = models.ForeignKey(Usuario, models.PROTECT, related_name="+", null=True, editable=False)
    momento = models.DateTimeField("momento", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "ajuste de cifra"
        verbose_name_plural = "ajustes de cifras"
        ordering = ("clave",)
        constraints = [models.UniqueConstraint(fields=["memoria", "clave"], name="ajuste_unico_por_cifra")]

    def __str__(self) -> str:
        return f"{self.clave} = {self.valor}"


class Comentario(models.Model):
    """Lo que alguien dice de un capítulo mientras se integra. `atendido` lo marca quien edita."""

    capitulo = models.ForeignKey(Capitulo, models.CASCADE, related_name="comentarios")
    autor = models.ForeignKey(Usuario, models.PROTECT, related_name="+")
    momento = models.DateTimeField("momento", default=timezone.now, editable=False)
    texto = models.TextField("comentario", max_length=2000)
    atendido = models.BooleanField("atendido", default=False)

    class Meta:
        verbose_name = "comentario"
        verbose_name_plural = "comentarios"
        ordering = ("capitulo", "momento")

    def __str__(self) -> str:
        return self.texto[:80]
