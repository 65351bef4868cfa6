"""Las autoridades: personas, organismos, medios y lugares, con sus nombres a lo largo del tiempo (ISAAR(CPF))."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from archivo.catalogo.claves import nueva
from archivo.catalogo.nombres import normal

LARGO_DE_NOMBRE = 300
CLASES = [("persona", "Persona"), ("organismo", "Organismo"), ("medio", "Medio"), ("lugar", "Lugar")]
CLASES_DE_NOMBRE = [
    ("autorizado", "Forma autorizada"),
    ("anterior", "Nombre anterior"),
    ("variante", "Variante"),
    ("sigla", "Sigla"),
]
CLASES_DE_RELACION = [("antecesora", "Antecesora de"), ("superior", "Superior de"), ("asociada", "Asociada con")]


class AutoridadManager(models.Manager["Autoridad"]):
    """Las autoridades de una clase, o todas."""

    def __init__(self, clase: str = "") -> None:
        super().__init__()
        self.clase = clase

    def get_queryset(self) -> models.QuerySet["Autoridad"]:
        """Las de su clase."""
        filas = super().get_queryset()
        return filas.filter(clase=self.clase) if self.clase else filas


class Autoridad(models.Model):
    """Alguien o algo que los elementos nombran, con una sola forma autorizada de su nombre.

    `nombre` es la forma autorizada vigente; las demás, con sus fechas, viven en `NombreDeAutoridad`. Dos autoridades distintas
    pueden llamarse igual si `distincion` las separa («1915-1980», «Zacatecas»). `datos` guarda lo propio de la clase.
    """

    clave = models.CharField("clave", max_length=12, unique=True, default=nueva, editable=False)
    clase = models.CharField("clase", max_length=12, choices=CLASES, editable=False)
    nombre = models.CharField("nombre", max_length=LARGO_DE_NOMBRE)
    normal = models.CharField(max_length=LARGO_DE_NOMBRE * 2, blank=True, editable=False)
    distincion = models.CharField("distinción", max_length=80, blank=True, help_text="Lo que la separa de otra del mismo nombre.")
    desde = models.CharField("existe desde", max_length=40, blank=True, help_text="Fecha EDTF: 1987, 1987-03, 198X, 1987~.")
    hasta = models.CharField("existe hasta", max_length=40, blank=True)
    nota = models.TextField("historia", blank=True)
    datos = models.JSONField(default=dict, blank=True, editable=False)
    por_verificar = models.BooleanField(
        "por verificar", default=False, help_text="Llegó en una importación y nadie la ha revisado."
    )
    fundida_en = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="fundidas")
    creado = models.DateTimeField(auto_now_add=True)
    modificado = models.DateTimeField(auto_now=True)

    objects: ClassVar[AutoridadManager] = AutoridadManager()
    clase_propia: ClassVar[str] = ""

    class Meta:
        verbose_name = "autoridad"
        verbose_name_plural = "autoridades"
        ordering = ("nombre", "distincion")
        constraints = [
            models.UniqueConstraint(
                fields=["clase", "nombre", "distincion"], condition=Q(fundida_en__isnull=True), name="autoridad_unica"
            )
        ]
        indexes = [
            models.Index(fields=["clase", "normal", "id"], name="autoridad_normal"),
            models.Index(fields=["por_verificar", "normal"], name="autoridad_por_verificar"),
        ]

    def __str__(self) -> str:
        return f"{self.nombre} ({self.distincion})" if self.distincion else self.nombre

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Un proxy guarda siempre su propia clase; y el nombre, su forma para comparar."""
        self.clase = self.clase_propia or self.clase
        self.normal = normal(self.nombre)
        super().save(*args, **kwargs)


class Persona(Autoridad):
    """Una persona física que los documentos nombran, firman o retratan."""

    clase_propia: ClassVar[str] = "persona"
    objects: ClassVar[AutoridadManager] = AutoridadManager("persona")

    class Meta:
        proxy = True
        verbose_name = "persona"
        verbose_name_plural = "personas"


class Organismo(Autoridad):
    """Una dependencia o entidad, con los nombres que tuvo y a quién sucedió."""

    clase_propia: ClassVar[str] = "organismo"
    objects: ClassVar[AutoridadManager] = AutoridadManager("organismo")

    class Meta:
        proxy = True
        verbose_name = "organismo"
        verbose_name_plural = "organismos"


class Medio(Autoridad):
    """Un medio de comunicación: diario, estación, canal, portal, agencia."""

    clase_propia: ClassVar[str] = "medio"
    objects: ClassVar[AutoridadManager] = AutoridadManager("medio")

    class Meta:
        proxy = True
        verbose_name = "medio"
        verbose_name_plural = "medios"


class Lugar(Autoridad):
    """Un lugar geográfico."""

    clase_propia: ClassVar[str] = "lugar"
    objects: ClassVar[AutoridadManager] = AutoridadManager("lugar")

    class Meta:
        proxy = True
        verbose_name = "lugar"
        verbose_name_plural = "lugares"


class NombreDeAutoridad(models.Model):
    """Un nombre con que se conoce o se conoció a una autoridad, entre dos fechas (ISAAR(CPF) 5.1.2-5.1.5)."""

    autoridad = models.ForeignKey(Autoridad, models.CASCADE, related_name="nombres")
    nombre = models.CharField("nombre", max_length=LARGO_DE_NOMBRE)
    normal = models.CharField(max_length=LARGO_DE_NOMBRE * 2, blank=True, editable=False, db_index=True)
    clase = models.CharField("clase", max_length=12, choices=CLASES_DE_NOMBRE, default="variante")
    desde = models.CharField("desde", max_length=40, blank=True)
    hasta = models.CharField("hasta", max_length=40, blank=True)

    class Meta:
        verbose_name = "nombre"
        verbose_name_plural = "nombres"
        ordering = ("desde", "pk")
        constraints = [
            models.UniqueConstraint(fields=["autoridad", "nombre", "clase", "desde"], name="nombre_de_autoridad_unico"),
            models.UniqueConstraint(fields=["autoridad"], condition=Q(clase="autorizado"), name="una_forma_autorizada"),
        ]

    def __str__(self) -> str:
        return self.nombre

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Con su forma para comparar."""
        self.normal = normal(self.nombre)
        super().save(*args, **kwargs)


class RelacionDeAutoridad(models.Model):
    """Una autoridad precede, manda o se asocia con otra (ISAAR(CPF) 5.3)."""

    origen = models.ForeignKey(Autoridad, models.CASCADE, related_name="relaciones")
    destino = models.ForeignKey(Autoridad, models.PROTECT, related_name="relaciones_inversas")
    clase = models.CharField("relación", max_length=12, choices=CLASES_DE_RELACION)
    desde = models.CharField("desde", max_length=40, blank=True)
    hasta = models.CharField("hasta", max_length=40, blank=True)

    class Meta:
        verbose_name = "relación entre autoridades"
        verbose_name_plural = "relaciones entre autoridades"
        constraints = [models.UniqueConstraint(fields=["origen", "destino", "clase"], name="relacion_de_autoridad_unica")]
