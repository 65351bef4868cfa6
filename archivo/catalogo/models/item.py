"""El elemento del archivo: una fila por cosa descrita, de cualquier tipo."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Left
from wagtail.models import LockableMixin, PreviewableMixin, RevisionMixin

from archivo.catalogo.acceso import NIVELES, q_publicos, q_visibles
from archivo.catalogo.claves import nueva
from archivo.catalogo.direcciones import HuellaDeUrlField
from archivo.catalogo.estados import ESTADOS, Estado
from archivo.catalogo.fechas import FechaParcial
from archivo.catalogo.models.autoridad import Autoridad
from archivo.catalogo.models.derechos import ConDerechos
from archivo.catalogo.models.numeracion import SerieDeNumeracion
from archivo.catalogo.models.tema import Tema
from archivo.identidad.puerta import Area, Lector, Usuario
from archivo.registros import aportaciones

_CATEGORIAS = [
    ("documento_archivo", "Documento de archivo"),
    ("comprobacion_inmediata", "Comprobación administrativa inmediata"),
    ("apoyo_informativo", "Apoyo informativo"),
]
_SOPORTES = [
    ("papel", "Papel"),
    ("fotografico", "Fotográfico"),
    ("sonoro", "Sonoro"),
    ("audiovisual", "Audiovisual"),
    ("digital", "Digital"),
]
_TRADICIONES = [("original", "Original"), ("copia", "Copia"), ("original_y_copia", "Original y copia")]
LARGO_DE_OPCION = 30


def _de_ficha(campo: str) -> models.GeneratedField:
    """Una opción de la ficha como columna que escribe la base: se cuenta y se reparte desde un índice, sin abrir la fila."""
    return models.GeneratedField(
        expression=Left(KT(f"ficha__{campo}"), LARGO_DE_OPCION),
        output_field=models.CharField(max_length=LARGO_DE_OPCION, null=True),
        db_persist=True,
    )


class ItemQuerySet(models.QuerySet["Item"]):
    """Vocabulario del catálogo."""

    def publicos(self) -> "ItemQuerySet":
        """Los que cualquiera puede ver ahora."""
        return self.filter(q_publicos())

    def visibles_para(self, lector: Lector) -> "ItemQuerySet":
        """Los que esa persona puede ver ahora."""
        return self.filter(q_visibles(lector))


class ItemManager(models.Manager.from_queryset(ItemQuerySet)):  # type: ignore[misc]
    """Sólo los elementos de un tipo: sin esto, quien puede un tipo abriría los de otro."""

    def __init__(self, tipo: str = "") -> None:
        super().__init__()
        self.tipo = tipo

    def get_queryset(self) -> ItemQuerySet:
        """Las filas del tipo, o todas."""
        filas = super().get_queryset()
        return filas.filter(tipo=self.tipo) if self.tipo else filas


class Item(ConDerechos, PreviewableMixin, LockableMixin, RevisionMixin, models.Model):
    """Un elemento del archivo (unidad documental simple, ISAD(G) 3.1.4).

    Lo propio de cada tipo vive en `ficha`, validada por el formulario de su tipo; los elementos de ISAD(G) sin columna, en
    `descripcion` (claves de `archivo.catalogo.isad`); el texto vive en `Pagina`, nunca aquí.
    `acceso` es lo que se decidió; `acceso_efectivo`, lo que resulta de combinarlo, y lo escribe el servicio que lo cambia.
    """

    clave = models.CharField("clave", max_length=12, unique=True, default=nueva, editable=False)
    tipo = models.CharField("tipo", max_length=30, editable=False, db_index=True)
    estado = models.CharField("estado", max_length=20, default="borrador", editable=False)
    titulo = models.CharField("título", max_length=1000)
    resumen = models.TextField("resumen", blank=True)
    autor = models.CharField("autor", max_length=500, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name="área productora", related_name="+")
    temas = models.ManyToManyField(Tema, blank=True, verbose_name="temas", related_name="+")
    lugar = models.CharField("lugar", max_length=200, blank=True)
    medio = models.ForeignKey(
        Autoridad,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="medio",
        related_name="+",
        limit_choices_to={"clase": "medio"},
    )

    fecha = models.DateField("fecha", null=True, blank=True, editable=False)
    fecha_hasta = models.DateField(null=True, blank=True, editable=False)
    fecha_texto = models.CharField(max_length=80, blank=True, editable=False)
    hora = models.TimeField("hora", null=True, blank=True)

    acceso = models.CharField("acceso", max_length=25, default="interno", choices=[(n.clave, n.nombre) for n in NIVELES.values()])
    acceso_efectivo = models.CharField(max_length=25, default="interno", editable=False)
    embargo_hasta = models.DateTimeField("embargado hasta", null=True, blank=True)
    publicado_en = models.DateTimeField(null=True, blank=True, editable=False)

    serie = models.ForeignKey(SerieDeNumeracion, models.PROTECT, null=True, blank=True, verbose_name="serie", related_name="+")
    numero = models.PositiveIntegerField(null=True, blank=True, editable=False)
    anio_numero = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    numero_texto = models.CharField(
        "número histórico", max_length=60, blank=True, help_text="Tal como está en el documento: «45 bis», «S/N»."
    )
    numero_asignado = models.BooleanField(default=False, editable=False)
    folio = models.CharField("folio", max_length=120, blank=True, editable=False)

    categoria_documental = models.CharField(
        "categoría documental", max_length=25, choices=_CATEGORIAS, default="documento_archivo"
    )
    soporte = models.CharField("soporte", max_length=15, choices=_SOPORTES, default="digital")
    tradicion = models.CharField("tradición documental", max_length=20, choices=_TRADICIONES, default="original")
    ficha = models.JSONField(default=dict, blank=True, editable=False, encoder=DjangoJSONEncoder)
    ficha_valoracion = _de_ficha("valoracion")
    ficha_tipo_medio = _de_ficha("tipo_medio")
    descripcion = models.JSONField("descripción normalizada", default=dict, blank=True, editable=False)
    fuente = models.CharField("fuente", max_length=300, blank=True)
    url = models.URLField("dirección de origen", max_length=1000, blank=True)
    huella_url = HuellaDeUrlField()
    notas = models.TextField("nota del archivero", blank=True)

    id_externo = models.CharField(max_length=300, null=True, blank=True, unique=True, editable=False)
    huella_fila = models.CharField(max_length=64, blank=True, editable=False)
    huella_texto = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    identidad = models.CharField(max_length=150, null=True, blank=True, unique=True, editable=False)
    pendientes = models.JSONField(default=list, blank=True, editable=False)
    duplicado_de = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, editable=False, related_name="duplicados")
    version = models.PositiveIntegerField(default=1, editable=False)
    partes = models.PositiveIntegerField(default=0, editable=False)
    creado_por = models.ForeignKey(Usuario, models.PROTECT, null=True, editable=False, related_name="+")
    autorizado_por = models.ForeignKey(Usuario, models.PROTECT, null=True, editable=False, related_name="+")
    creado = models.DateTimeField(auto_now_add=True)
    modificado = models.DateTimeField(auto_now=True)

    objects = ItemManager()

    class Meta:
        verbose_name = "elemento"
        verbose_name_plural = "elementos"
        constraints = [
            models.UniqueConstraint(
                fields=["serie", "anio_numero", "numero"], condition=Q(numero_asignado=True), name="numero_unico_por_serie_y_anio"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tipo", "-fecha", "-id", "estado", "area", "medio", "ficha_valoracion", "ficha_tipo_medio"],
                name="item_tipo_fecha",
            ),
            models.Index(fields=["-fecha", "-id"], name="item_fecha"),
            models.Index(fields=["tipo", "estado"], name="item_tipo_estado"),
            models.Index(fields=["tipo", "acceso_efectivo"], name="item_tipo_acceso"),
            models.Index(fields=["folio"], name="item_folio"),
            models.Index(fields=["anio_numero", "numero"], name="item_numero"),
            models.Index(fields=["tipo", "-modificado", "-id"], name="item_tipo_modificado"),
            models.Index(fields=["medio", "fecha"], name="item_medio_fecha"),
        ]

    def __str__(self) -> str:
        return self.titulo

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Un proxy guarda siempre su propio tipo."""
        self.fijar_tipo()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """La dirección permanente del elemento."""
        return f"/elemento/{self.clave}/"

    def fijar_tipo(self) -> None:
        """El tipo de un proxy es el suyo, aunque quien lo crea no lo diga."""
        self.tipo = getattr(type(self), "codigo_de_tipo", "") or self.tipo

    @property
    def clase_de_estado(self) -> type[Estado]:
        """La clase del estado en que está."""
        return ESTADOS[self.estado]

    @property
    def fecha_parcial(self) -> FechaParcial:
        """La fecha como intervalo."""
        return FechaParcial(self.fecha, self.fecha_hasta, self.fecha_texto)

    @fecha_parcial.setter
    def fecha_parcial(self, valor: FechaParcial) -> None:
        self.fecha, self.fecha_hasta, self.fecha_texto = valor.desde, valor.hasta, valor.texto

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        """La vista previa de Wagtail: la página pública. `cuerpo_previo` es el texto que aún no se guarda."""
        mostrar = aportaciones.vista_previa
        if mostrar is None:
            raise ImproperlyConfigured("Ninguna aplicación mostró cómo previsualizar un elemento: instale archivo.portal.")
        guardado = self.cuerpo.html if self.pk and hasattr(self, "cuerpo") else ""
        return mostrar(request, self, getattr(self, "cuerpo_previo", guardado))
