"""La memoria de un periodo y sus capítulos."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin

from archivo.identidad.puerta import Area, Usuario
from memoria_anual.cortes.puerta import Corte
from memoria_anual.edicion.bloques import CuerpoDeCapitulo
from memoria_anual.edicion.estados import ESTADOS_DE_MEMORIA, EstadoDeMemoria
from memoria_anual.indicadores.puerta import Periodo, leer_periodo


def tipo_natural(periodo: Periodo) -> str:
    """La clase de informe que se espera de un periodo: de un año la memoria anual, de un trimestre el trimestral, de otro el de gestión."""
    if periodo.trimestres or "-G" in periodo.clave:
        return "anual"
    return "trimestral" if "-T" in periodo.clave else "gestion"


PREFIJOS = {"anual": "anual", "trimestral": "trim", "gestion": "gestion"}


class Memoria(models.Model):
    """Una memoria anual, un informe trimestral o de gestión. `version` crece con cada edición del mismo periodo.

    `editores`: quienes escribieron en ella; ninguno puede autorizarla.
    """

    class Tipo(models.TextChoices):
        """Qué clase de informe es."""

        ANUAL = "anual", "Memoria anual"
        TRIMESTRAL = "trimestral", "Informe trimestral"
        GESTION = "gestion", "Informe de gestión"

    titulo = models.CharField("título", max_length=200, default="Memoria anual de actividades")
    tipo = models.CharField("tipo", max_length=12, choices=Tipo, default=Tipo.ANUAL)
    periodo = models.CharField("periodo", max_length=30)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="área que la lleva")
    estado = models.CharField("estado", max_length=20, default="planeada", editable=False)
    corte = models.ForeignKey(Corte, models.PROTECT, related_name="+", null=True, editable=False, verbose_name="corte")
    entrega = models.DateField("entrega de las aportaciones", null=True, blank=True)
    editor_responsable = models.CharField("editor responsable", max_length=200, blank=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    deposito_legal = models.CharField("depósito legal", max_length=200, blank=True)
    editores = models.ManyToManyField(Usuario, related_name="+", editable=False)
    autoriza = models.ForeignKey(Usuario, models.PROTECT, related_name="+", null=True, editable=False)
    autorizada_en = models.DateTimeField("se autorizó", null=True, editable=False)
    viene_de = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, editable=False)
    creada = models.DateTimeField("creada", default=timezone.now, editable=False)
    version = models.PositiveIntegerField("versión", default=1, editable=False)

    class Meta:
        verbose_name = "memoria"
        verbose_name_plural = "memorias"
        ordering = ("-periodo", "tipo")
        constraints = [models.UniqueConstraint(fields=["tipo", "periodo"], name="memoria_unica_por_periodo")]

    def __str__(self) -> str:
        return f"{self.titulo} {self.como_periodo.nombre}"

    def get_absolute_url(self) -> str:
        """Su página en el sitio, publicada."""
        return reverse("memoria:portada", args=[self.lugar])

    @property
    def lugar(self) -> str:
        """Cómo se llama su página: el periodo; si de ese periodo se espera otra clase de informe, con la suya por delante."""
        return self.periodo if self.tipo == tipo_natural(self.como_periodo) else f"{PREFIJOS[self.tipo]}-{self.periodo}"

    @property
    def como_periodo(self) -> Periodo:
        """El periodo que abarca."""
        return leer_periodo(self.periodo)

    @property
    def situacion(self) -> type[EstadoDeMemoria]:
        """Su estado, con lo que admite."""
        return ESTADOS_DE_MEMORIA[self.estado]

    @property
    def objeto(self) -> str:
        """Cómo la nombra la bitácora."""
        return f"memoria:{self.pk}"


class Capitulo(RevisionMixin, models.Model):
    """Un capítulo, en su lugar. `origen` dice de dónde sale: el archivo solo, las dependencias, o quien escribe."""

    class Origen(models.TextChoices):
        """De dónde sale."""

        AUTOMATICO = "automatico", "Del archivo"
        APORTACION = "aportacion", "De las dependencias"
        MANUAL = "manual", "De quien la escribe"

    memoria = models.ForeignKey(Memoria, models.CASCADE, related_name="capitulos")
    orden = models.PositiveSmallIntegerField("lugar")
    titulo = models.CharField("título", max_length=200)
    entradilla = models.TextField("entradilla", blank=True, max_length=600)
    origen = models.CharField("origen", max_length=12, choices=Origen, default=Origen.MANUAL)
    responsable = models.ForeignKey(
        Area, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="área responsable"
    )
    cuerpo = StreamField(CuerpoDeCapitulo(), blank=True, verbose_name="cuerpo")
    version = models.PositiveIntegerField("versión", default=1, editable=False)

    class Meta:
        verbose_name = "capítulo"
        verbose_name_plural = "capítulos"
        ordering = ("memoria", "orden")
        constraints = [models.UniqueConstraint(fields=["memoria", "orden"], name="capitulo_en_su_lugar")]

    def __str__(self) -> str:
        return f"{self.orden}. {self.titulo}"

    @property
    def sin_revisar(self) -> int:
        """Cuántos párrafos se trajeron de otra memoria y nadie ha revisado."""
        return sum(b.block_type == "parrafo" and not b.value.get("revisado") for b in self.cuerpo)


class PlantillaDeCapitulo(models.Model):
    """Un capítulo con que empieza toda memoria nueva; se edita como dato. Los de fábrica son los diecisiete de b.4."""

    orden = models.PositiveSmallIntegerField("lugar", unique=True)
    titulo = models.CharField("título", max_length=200)
    entradilla = models.TextField("entradilla", blank=True, max_length=600)
    origen = models.CharField("origen", max_length=12, choices=Capitulo.Origen, default=Capitulo.Origen.MANUAL)
    cuerpo = StreamField(CuerpoDeCapitulo(), blank=True, verbose_name="cuerpo")
    es_muestra = models.BooleanField("valores de muestra", default=False)

    class Meta:
        verbose_name = "plantilla de capítulo"
        verbose_name_plural = "plantillas de capítulos"
        ordering = ("orden",)

    def __str__(self) -> str:
        return f"{self.orden}. {self.titulo}"
