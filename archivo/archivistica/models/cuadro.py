"""El cuadro general de clasificación archivística y sus clases (LGA 13)."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from archivo.archivistica.claves import PATRON_DE_CLAVE
from archivo.archivistica.estados import ESTADOS_DE_CUADRO, EstadoDeCuadro
from archivo.identidad.puerta import Usuario

NIVELES_DE_CLASE = {
    "fondo": "Fondo",
    "subfondo": "Subfondo",
    "seccion": "Sección",
    "subseccion": "Subsección",
    "serie": "Serie",
    "subserie": "Subserie",
}
"""Del más amplio al más estrecho. Los niveles intermedios (los «sub») pueden repetirse uno dentro de otro (LGA 13)."""
CON_FICHA = ("serie", "subserie")


class CuadroQuerySet(models.QuerySet["CuadroClasificacion"]):
    """Vocabulario de los cuadros."""

    def institucionales(self) -> "CuadroQuerySet":
        """Los propios, todas sus versiones."""
        return self.filter(clase=CuadroClasificacion.Clase.INSTITUCIONAL)

    def vigente(self) -> "CuadroClasificacion | None":
        """El que rige hoy en la institución, o None si todavía no hay."""
        return self.institucionales().filter(estado="vigente").first()


class CuadroClasificacion(models.Model):
    """Una versión del cuadro. Con sus fichas de valoración es también el catálogo de disposición documental.

    Un cuadro `recibido` llegó con un fondo de otra institución: no se modifica (LGA 18) y nunca rige aquí.
    """

    class Clase(models.TextChoices):
        """De quién es."""

        INSTITUCIONAL = "institucional", "De la institución"
        RECIBIDO = "recibido", "Recibido con un fondo"

    clase = models.CharField("clase", max_length=15, choices=Clase, default=Clase.INSTITUCIONAL, editable=False)
    version = models.PositiveSmallIntegerField("versión", default=1, editable=False)
    nombre = models.CharField("nombre", max_length=200)
    estado = models.CharField(
        "estado", max_length=20, choices=[(e.clave, e.nombre) for e in ESTADOS_DE_CUADRO.values()], default="borrador"
    )
    vigente_desde = models.DateField("vigente desde", null=True, blank=True)
    vigente_hasta = models.DateField("vigente hasta", null=True, blank=True)
    acta_aprobacion = models.CharField("acta de aprobación", max_length=300, blank=True)
    procedencia = models.CharField(
        "procedencia", max_length=300, blank=True, help_text="De un cuadro recibido: de qué institución y en qué ingreso vino."
    )
    patron_de_clave = models.CharField(
        "cómo se escribe una clave",
        max_length=200,
        default=PATRON_DE_CLAVE,
        help_text="Expresión regular que cumple la clave de cada clase. Rige con esta versión.",
    )
    es_muestra = models.BooleanField("valores de muestra", default=False, editable=False)
    anterior = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="posteriores", verbose_name="versión de la que parte"
    )
    ronda = models.PositiveSmallIntegerField("ronda de revisión", default=0, editable=False)
    enviado_por = models.ForeignKey(
        Usuario, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name="lo envió a revisión"
    )

    objects = CuadroQuerySet.as_manager()

    class Meta:
        verbose_name = "cuadro de clasificación"
        verbose_name_plural = "cuadros de clasificación"
        ordering = ("clase", "-version", "id")
        permissions = [
            ("validar_por_area", "Puede validar cuadros por su área"),
            ("validar_por_grupo", "Puede validar cuadros por el grupo interdisciplinario"),
            ("poner_en_vigor", "Puede poner en vigor un cuadro validado"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["clase"], condition=Q(clase="institucional", estado="vigente"), name="un_solo_cuadro_vigente"
            ),
            models.UniqueConstraint(fields=["version"], condition=Q(clase="institucional"), name="version_de_cuadro_unica"),
            models.CheckConstraint(
                condition=Q(clase="institucional") & ~Q(estado="recibido") | Q(clase="recibido", estado="recibido"),
                name="cuadro_recibido_no_rige",
            ),
            models.CheckConstraint(
                condition=~Q(estado__in=["vigente", "sustituido"]) | Q(vigente_desde__isnull=False),
                name="cuadro_vigente_con_fecha",
            ),
            models.CheckConstraint(
                condition=Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=F("vigente_desde")), name="cuadro_fechas_en_orden"
            ),
        ]

    def __str__(self) -> str:
        return self.nombre if self.clase == self.Clase.RECIBIDO else f"{self.nombre}, versión {self.version}"

    @property
    def situacion(self) -> type[EstadoDeCuadro]:
        """La clase del estado en que está."""
        return ESTADOS_DE_CUADRO[self.estado]

    @property
    def se_edita(self) -> bool:
        """¿Pueden cambiar sus clases y sus fichas? Sólo en borrador."""
        return self.situacion.se_edita


class NivelQuerySet(models.QuerySet["NivelClasificacion"]):
    """Vocabulario de las clases de un cuadro."""

    def en_orden(self) -> "NivelQuerySet":
        """Como se lee el árbol: cada madre y enseguida sus hijas, en orden natural de clave."""
        return self.order_by("cuadro_id", "orden", "id")

    def series(self) -> "NivelQuerySet":
        """Series y subseries: las que llevan ficha y agrupan expedientes."""
        return self.filter(nivel__in=CON_FICHA)

    def para_clasificar(self, dia: date) -> "NivelQuerySet":
        """Series y subseries activas, sin hijas activas, del cuadro institucional que regía ese día."""
        rige = Q(cuadro__vigente_desde__lte=dia) & (Q(cuadro__vigente_hasta__isnull=True) | Q(cuadro__vigente_hasta__gte=dia))
        propias = self.series().filter(rige, cuadro__clase="institucional", cuadro__estado__in=["vigente", "sustituido"])
        return propias.filter(activa=True).exclude(hijas__activa=True)


class NivelClasificacion(models.Model):
    """Una clase del cuadro: fondo, sección, serie… `codigo` y `orden` se calculan del camino y los mantiene el servicio.

    `codigo` son las claves del fondo a la clase (`AE/9C/9C.7`). `descripcion` guarda los elementos ISAD(G) sin columna propia,
    por su clave.
    """

    class TipoDeFuncion(models.TextChoices):
        """De qué atribuciones nace una sección."""

        COMUN = "comun", "Común (C)"
        SUSTANTIVA = "sustantiva", "Sustantiva (S)"

    cuadro = models.ForeignKey(CuadroClasificacion, models.PROTECT, related_name="niveles", verbose_name="cuadro")
    padre = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="hijas", verbose_name="depende de")
    nivel = models.CharField("nivel", max_length=12, choices=list(NIVELES_DE_CLASE.items()))
    clave = models.CharField("clave", max_length=40)
    codigo = models.CharField("código", max_length=300, editable=False)
    orden = models.CharField(max_length=600, editable=False)
    nombre = models.CharField("nombre", max_length=300)
    alcance = models.TextField("alcance y contenido", blank=True)
    tipo_funcion = models.CharField("tipo de función", max_length=12, choices=TipoDeFuncion, blank=True)
    activa = models.BooleanField(
        "activa", default=True, help_text="Una clase inactiva conserva lo que tiene y no admite expedientes nuevos."
    )
    descripcion = models.JSONField("descripción ISAD(G)", default=dict, blank=True)
    equivale_a = models.ManyToManyField(
        "self",
        through="Equivalencia",
        through_fields=("nuevo", "anterior"),
        symmetrical=False,
        related_name="equivalentes_posteriores",
        verbose_name="equivale a (versión anterior)",
    )

    objects = NivelQuerySet.as_manager()

    class Meta:
        verbose_name = "clase del cuadro"
        verbose_name_plural = "clases del cuadro"
        ordering = ("cuadro", "orden", "id")
        indexes = [models.Index(fields=["cuadro", "orden"], name="nivel_en_orden")]
        constraints = [
            models.UniqueConstraint(fields=["padre", "clave"], name="clave_unica_entre_hermanas"),
            models.UniqueConstraint(fields=["cuadro", "clave"], condition=Q(padre__isnull=True), name="clave_unica_de_fondo"),
            models.UniqueConstraint(fields=["cuadro", "codigo"], name="codigo_unico_en_cuadro"),
            models.CheckConstraint(condition=~Q(padre=F("id")), name="nivel_no_es_su_madre"),
        ]

    def __str__(self) -> str:
        return f"{self.clave} {self.nombre}"

    @property
    def lleva_ficha(self) -> bool:
        """¿Es una serie o subserie? Sólo ellas llevan ficha de valoración (LGA 56)."""
        return self.nivel in CON_FICHA


class Equivalencia(models.Model):
    """Una clase de una versión continúa a otra de la anterior. Al dividir o fusionar hay varias por clase."""

    nuevo = models.ForeignKey(NivelClasificacion, models.CASCADE, related_name="equivalencias", verbose_name="clase nueva")
    anterior = models.ForeignKey(
        NivelClasificacion, models.PROTECT, related_name="equivalencias_posteriores", verbose_name="clase anterior"
    )

    class Meta:
        verbose_name = "equivalencia"
        verbose_name_plural = "equivalencias"
        constraints = [models.UniqueConstraint(fields=["nuevo", "anterior"], name="equivalencia_unica")]
