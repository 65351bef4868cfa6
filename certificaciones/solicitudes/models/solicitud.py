"""La solicitud y su canasta."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from archivo.catalogo.puerta import Adjunto, Item
from archivo.identidad.puerta import Usuario
from certificaciones.solicitudes.estados import ESTADOS_DE_SOLICITUD, Estado


class SolicitudQuerySet(models.QuerySet["Solicitud"]):
    """Vocabulario de las solicitudes."""

    def por_atender(self) -> "SolicitudQuerySet":
        """Las que esperan a alguien de la oficina, la prioritaria y la más antigua primero."""
        vivas = [e.clave for e in ESTADOS_DE_SOLICITUD.values() if e.espera_a]
        return self.filter(estado__in=vivas).order_by("-prioritaria", "recibida", "id")


class Solicitud(models.Model):
    """Lo que alguien pide. No dice quién es: eso está en `Solicitante`, que sólo lee la Unidad de Transparencia.

    `autoridad` es la institución que requiere (no es un dato personal). `huella_codigo` es la del código de seguimiento, que sólo
    conoce quien pidió. Lo que de ella queda en la bitácora lleva su folio y nada de quien la hizo.
    """

    class Tipo(models.TextChoices):
        """De dónde nace."""

        ACCESO = "acceso_informacion", "Acceso a la información"
        ARCO = "arco", "Derechos ARCO"
        COPIA_DIRECTA = "copia_certificada_directa", "Copia certificada a petición de parte"
        REQUERIMIENTO = "requerimiento_autoridad", "Requerimiento de autoridad"
        INTERNA = "consulta_interna", "Consulta interna"
        MEDIOS = "material_medios", "Material para medios"
        PQRS = "pqrs", "Petición, queja, reclamo o sugerencia"

    class Medio(models.TextChoices):
        """Por dónde llegó (LGTAIP 124)."""

        SITIO = "sitio", "Sitio del archivo"
        PNT = "pnt", "Plataforma Nacional de Transparencia"
        OFICINA = "oficina", "En la oficina"
        CORREO = "correo_electronico", "Correo electrónico"
        POSTAL = "correo_postal", "Correo postal"
        MENSAJERIA = "mensajeria", "Mensajería"
        TELEGRAFO = "telegrafo", "Telégrafo"
        VERBAL = "verbal", "Verbal"

    class Modalidad(models.TextChoices):
        """Cómo se entrega (LGTAIP 126)."""

        ELECTRONICA = "electronica", "Copia certificada electrónica"
        PAPEL = "papel", "Copia certificada en papel, en la oficina"

    folio = models.CharField("folio", max_length=20, unique=True, editable=False)
    folio_pnt = models.CharField("folio de la PNT", max_length=20, blank=True)
    tipo = models.CharField("tipo", max_length=30, choices=Tipo, default=Tipo.COPIA_DIRECTA)
    medio = models.CharField("medio de recepción", max_length=20, choices=Medio, default=Medio.OFICINA)
    modalidad = models.CharField("modalidad de entrega", max_length=12, choices=Modalidad, default=Modalidad.PAPEL)
    estado = models.CharField(
        "estado",
        max_length=25,
        default="recibida",
        editable=False,
        choices=[(e.clave, e.nombre) for e in ESTADOS_DE_SOLICITUD.values()],
    )
    recibida = models.DateTimeField("recibida", default=timezone.now)
    autoridad = models.CharField(
        "autoridad que requiere",
        max_length=200,
        blank=True,
        help_text="Sólo en requerimientos: juzgado, fiscalía, órgano de control…",
    )
    referencia = models.CharField(
        "oficio o referencia", max_length=200, blank=True, help_text="Número y fecha del oficio que se atiende."
    )
    finalidad = models.CharField("finalidad", max_length=300, help_text="Para qué se pide, como lo dirá la certificación.")
    descripcion = models.TextField("qué se pide", blank=True, help_text="Con sus palabras, lo que no esté en la canasta.")
    prioritaria = models.BooleanField("prioritaria", default=False)
    ejemplares = models.PositiveSmallIntegerField("ejemplares", default=1)
    vence = models.DateField("fecha límite", null=True, blank=True, help_text="La que fijó la autoridad, si la hay.")
    respuesta = models.TextField("respuesta", blank=True, editable=False)
    recibida_por = models.ForeignKey(Usuario, models.PROTECT, null=True, editable=False, related_name="+")
    huella_codigo = models.CharField(max_length=64, editable=False)
    modificada = models.DateTimeField(auto_now=True)

    objects = SolicitudQuerySet.as_manager()

    class Meta:
        verbose_name = "solicitud"
        verbose_name_plural = "solicitudes"
        ordering = ("-recibida", "-id")
        permissions = [
            ("atender_solicitud", "Puede atender solicitudes y ver quién las hace"),
            ("armar_canasta", "Puede armar la canasta de una solicitud"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["folio_pnt"], condition=~Q(folio_pnt=""), name="solicitud_folio_pnt_unico"),
            models.CheckConstraint(
                condition=~Q(tipo="requerimiento_autoridad") | ~Q(autoridad="") & ~Q(referencia=""),
                name="requerimiento_con_autoridad_y_oficio",
            ),
            models.CheckConstraint(condition=Q(ejemplares__gte=1), name="solicitud_con_ejemplares"),
        ]
        indexes = [models.Index(fields=["estado", "recibida"], name="solicitud_estado_recibida")]

    def __str__(self) -> str:
        return self.folio

    @property
    def situacion(self) -> type[Estado]:
        """La clase del estado en que está."""
        return ESTADOS_DE_SOLICITUD[self.estado]

    @property
    def es_de_autoridad(self) -> bool:
        """¿La pide una autoridad?"""
        return self.tipo == self.Tipo.REQUERIMIENTO


class Solicitante(models.Model):
    """Quién pide y cómo avisarle. Sólo lo lee la Unidad de Transparencia; no se busca ni se exporta."""

    solicitud = models.OneToOneField(Solicitud, models.CASCADE, related_name="solicitante")
    nombre = models.CharField("nombre o seudónimo", max_length=200, blank=True)
    correo = models.EmailField("correo electrónico", blank=True)
    telefono = models.CharField("teléfono", max_length=40, blank=True)
    domicilio = models.CharField("domicilio", max_length=300, blank=True)

    class Meta:
        verbose_name = "solicitante"
        verbose_name_plural = "solicitantes"

    def __str__(self) -> str:
        return "Solicitante"


class ElementoSolicitado(models.Model):
    """Un documento de la canasta: entero, o sólo unas páginas de uno de sus archivos («1-3, 7»)."""

    solicitud = models.ForeignKey(Solicitud, models.CASCADE, related_name="elementos")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", verbose_name="documento")
    adjunto = models.ForeignKey(Adjunto, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="archivo")
    paginas = models.CharField("páginas", max_length=200, blank=True, help_text="Vacío: todas. Por ejemplo: 1-3, 7.")
    orden = models.PositiveSmallIntegerField(default=0)
    agregado_por = models.ForeignKey(Usuario, models.PROTECT, null=True, editable=False, related_name="+")
    agregado = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "documento solicitado"
        verbose_name_plural = "documentos solicitados"
        ordering = ("orden", "id")
        constraints = [
            models.UniqueConstraint(fields=["solicitud", "item", "adjunto", "paginas"], name="archivo_una_vez_en_la_canasta"),
            models.UniqueConstraint(
                fields=["solicitud", "item", "paginas"],
                condition=Q(adjunto__isnull=True),
                name="documento_una_vez_en_la_canasta",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.paginas or 'completo'}"


class ConsecutivoDeSolicitudes(models.Model):
    """El último folio dado en un año. No baja."""

    anio = models.PositiveSmallIntegerField(unique=True)
    ultimo = models.PositiveIntegerField(default=0)
