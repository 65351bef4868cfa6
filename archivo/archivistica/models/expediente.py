"""El expediente y sus legajos (LGA 4)."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from archivo.archivistica.expedientes.acceso import q_expedientes, q_nombradas
from archivo.archivistica.expedientes.estados import ESTADOS_DE_EXPEDIENTE, EstadoDeExpediente
from archivo.archivistica.models.cuadro import NivelClasificacion
from archivo.archivistica.models.regla import ReglaDeExpedientes
from archivo.catalogo.puerta import NIVELES, clave_nueva
from archivo.identidad.puerta import Area, Lector, Usuario

LARGO_DE_CLAVE = 8


def nueva_clave() -> str:
    """Ocho signos con el de control: caben en el código de barras de un lomo."""
    return clave_nueva(LARGO_DE_CLAVE)


class ExpedienteQuerySet(models.QuerySet["Expediente"]):
    """Vocabulario de los expedientes."""

    def visibles_para(self, lector: Lector) -> "ExpedienteQuerySet":
        """Los que esa persona puede saber que existen."""
        if lector.usuario_id is None:
            return self.filter(q_expedientes(lector))
        como_nombrada = self.model.nombradas.through.objects.filter(usuario_id=lector.usuario_id).values("expediente_id")
        return self.filter(q_expedientes(lector) | q_nombradas(lector, como_nombrada))


class Expediente(models.Model):
    """Documentos de un mismo asunto, actividad o trámite. Clasificado en una serie, de un área, con código que no cambia.

    `valoracion` es la copia de la ficha de la serie al cerrar: valores, plazos y destino. `electronico` lleva vinculo, formato,
    requisitos y ubicacion. `clasificacion`, lo que la carátula dice de una reserva. `descripcion`, los elementos ISAD(G) sin
    columna propia. `acceso` limita el de todos sus documentos; `nombradas`, quiénes leen lo confidencial.
    """

    class Soporte(models.TextChoices):
        """De qué está hecho."""

        PAPEL = "papel", "Papel"
        DIGITAL = "digital", "Electrónico"
        HIBRIDO = "hibrido", "Papel y electrónico"

    class Tradicion(models.TextChoices):
        """Originales o copias."""

        ORIGINAL = "original", "Original"
        COPIA = "copia", "Copia"
        AMBAS = "original_y_copia", "Original y copia"

    clave = models.CharField("clave", max_length=12, unique=True, default=nueva_clave, editable=False)
    codigo = models.CharField("código", max_length=250, unique=True, editable=False)
    estado = models.CharField(
        "estado",
        max_length=30,
        default="abierto",
        editable=False,
        choices=[(e.clave, e.nombre) for e in ESTADOS_DE_EXPEDIENTE.values()],
    )
    serie = models.ForeignKey(NivelClasificacion, models.PROTECT, related_name="expedientes", verbose_name="serie o subserie")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="área productora")
    responsable = models.ForeignKey(Usuario, models.PROTECT, related_name="+", verbose_name="responsable")
    regla = models.ForeignKey(ReglaDeExpedientes, models.PROTECT, related_name="+", editable=False)
    anio = models.PositiveSmallIntegerField("año", editable=False)
    consecutivo = models.PositiveIntegerField("consecutivo", editable=False)

    titulo = models.CharField("título", max_length=300)
    asunto = models.TextField("asunto (alcance y contenido)", blank=True)
    fecha_apertura = models.DateField("fecha de apertura")
    fecha_cierre = models.DateField("fecha de cierre", null=True, blank=True)
    soporte = models.CharField("soporte", max_length=10, choices=Soporte, default=Soporte.HIBRIDO)
    tradicion = models.CharField("tradición documental", max_length=20, choices=Tradicion, default=Tradicion.ORIGINAL)
    formato = models.CharField("formato", max_length=200, blank=True, help_text="Carta, oficio, PDF/A…")
    electronico = models.JSONField("parte electrónica", default=dict, blank=True)
    parte_fisica = models.CharField(
        "tipo de la parte en papel", max_length=120, blank=True, help_text="Carpeta, caja, libro, planero…"
    )
    parte_fisica_cantidad = models.PositiveIntegerField("cantidad", null=True, blank=True)
    edificio = models.CharField("edificio o archivo", max_length=120, blank=True)
    pasillo = models.CharField("pasillo", max_length=40, blank=True)
    anaquel = models.CharField("anaquel", max_length=40, blank=True)
    charola = models.CharField("charola", max_length=40, blank=True)
    caja = models.CharField("caja", max_length=40, blank=True)

    acceso = models.CharField("acceso", max_length=25, default="publico", choices=[(n.clave, n.nombre) for n in NIVELES.values()])
    nombradas = models.ManyToManyField(
        Usuario, blank=True, related_name="+", verbose_name="personas nombradas", help_text="Quiénes leen lo confidencial."
    )
    clasificacion = models.JSONField("clasificación", default=dict, blank=True)
    solicitudes = models.CharField("solicitudes de acceso de que fue objeto", max_length=300, blank=True)
    valoracion = models.JSONField("valoración al cierre", default=dict, blank=True, editable=False)
    nota_archivero = models.TextField("nota del archivero", blank=True)
    descripcion = models.JSONField("descripción ISAD(G)", default=dict, blank=True)

    total_fojas = models.PositiveIntegerField(default=0, editable=False)
    total_documentos = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    creado = models.DateTimeField(auto_now_add=True)
    modificado = models.DateTimeField(auto_now=True)

    objects = ExpedienteQuerySet.as_manager()

    class Meta:
        verbose_name = "expediente"
        verbose_name_plural = "expedientes"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(fields=["serie", "area", "anio", "consecutivo"], name="expediente_consecutivo_unico"),
            models.CheckConstraint(
                condition=Q(fecha_cierre__isnull=True) | Q(fecha_cierre__gte=F("fecha_apertura")),
                name="expediente_cierre_despues",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "estado", "-id"], name="expediente_area_estado"),
            models.Index(fields=["serie", "anio", "-id"], name="expediente_serie_anio"),
            models.Index(fields=["estado", "-id"], name="expediente_estado"),
            models.Index(fields=["anio", "-id"], name="expediente_anio"),
        ]

    def __str__(self) -> str:
        return f"{self.codigo} {self.titulo}"

    @property
    def situacion(self) -> type[EstadoDeExpediente]:
        """La clase del estado en que está."""
        return ESTADOS_DE_EXPEDIENTE[self.estado]

    @property
    def lleva_papel(self) -> bool:
        """¿Tiene mitad en papel?"""
        return self.soporte != self.Soporte.DIGITAL

    @property
    def ubicacion(self) -> str:
        """Dónde está el papel, en un renglón."""
        partes = (("pasillo", self.pasillo), ("anaquel", self.anaquel), ("charola", self.charola), ("caja", self.caja))
        return ", ".join([t for t in (self.edificio,) if t] + [f"{rotulo} {valor}" for rotulo, valor in partes if valor])


class ConsecutivoDeExpedientes(models.Model):
    """El último consecutivo dado en una serie, un área y un año. No baja: un número dado no se reutiliza."""

    serie = models.ForeignKey(NivelClasificacion, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    anio = models.PositiveSmallIntegerField()
    ultimo = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["serie", "area", "anio"], name="consecutivo_unico")]


class Legajo(models.Model):
    """Una parte física del expediente: «1 de 3». Sus fojas siguen a las del anterior; no se renumeran."""

    expediente = models.ForeignKey(Expediente, models.PROTECT, related_name="legajos")
    n = models.PositiveSmallIntegerField("legajo")
    caja = models.CharField("caja", max_length=40, blank=True)

    class Meta:
        verbose_name = "legajo"
        verbose_name_plural = "legajos"
        ordering = ("n",)
        constraints = [
            models.UniqueConstraint(fields=["expediente", "n"], name="legajo_unico"),
            models.CheckConstraint(condition=Q(n__gte=1), name="legajo_desde_uno"),
        ]

    def __str__(self) -> str:
        return f"Legajo {self.n}"

    def rango(self) -> tuple[int, int] | None:
        """Primera y última foja, o None si no tiene papel."""
        fojas: dict[str, Any] = self.integraciones.aggregate(desde=models.Min("foja_inicial"), hasta=models.Max("foja_final"))
        return (fojas["desde"], fojas["hasta"]) if fojas["desde"] is not None else None


def vence(cierre: date, anios: float, desde: str) -> date:
    """El día en que se cumple un plazo de años o medios años. Del 29 de febrero, el 28.

    `desde`: `cierre` o `1_enero_siguiente` (`ReglaDeExpedientes.inicio_plazo`).
    """
    inicio = date(cierre.year + 1, 1, 1) if desde == ReglaDeExpedientes.InicioDePlazo.ENERO else cierre
    meses = inicio.month - 1 + round(anios * 12)
    anio, mes = inicio.year + meses // 12, meses % 12 + 1
    ultimo = (date(anio + mes // 12, mes % 12 + 1, 1) - date.resolution).day
    return date(anio, mes, min(inicio.day, ultimo))
