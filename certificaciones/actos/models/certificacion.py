"""La certificación: un borrador que se edita y, expedida, un registro que nadie cambia."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from archivo.catalogo.puerta import clave_nueva
from archivo.identidad.puerta import Area, Usuario
from archivo.objetos.puerta import ObjetoDigital
from certificaciones.actos.estados import ESTADOS, EXPEDIDA, GUARDADOS, Estado
from certificaciones.actos.models.libro import LibroCertificacion
from certificaciones.reglas.puerta import TipoDeSoporte


class ActoInmutable(Exception):
    """Se quiso cambiar o borrar una certificación expedida. Cancélela o sustitúyala: son actos que dejan constancia."""


class CertificacionQuerySet(models.QuerySet["Certificacion"]):
    """Vocabulario de las certificaciones, y lo que no se les puede hacer en bloque."""

    def expedidas(self) -> "CertificacionQuerySet":
        """Las que tienen folio."""
        return self.filter(estado=EXPEDIDA)

    def en_tramite(self) -> "CertificacionQuerySet":
        """Las que todavía pueden expedirse."""
        return self.exclude(estado__in=(EXPEDIDA, "desistida"))

    def con_situacion(self) -> "CertificacionQuerySet":
        """Con lo que hace falta para saber su estado actual sin una consulta más por cada una."""
        dependientes = {"hay_entrega": "Entrega", "hay_cancelacion": "Cancelacion"}
        marcas = {
            marca: Exists(self.model._meta.apps.get_model("actos", modelo).objects.filter(certificacion=OuterRef("pk")))
            for marca, modelo in dependientes.items()
        }
        sustituciones = self.model._meta.apps.get_model("actos", "Sustitucion").objects
        return self.annotate(**marcas, hay_sustitucion=Exists(sustituciones.filter(sustituida=OuterRef("pk"))))

    def update(self, **kwargs: Any) -> int:
        """Sólo borradores."""
        if self.filter(estado=EXPEDIDA).exists():
            raise ActoInmutable("Entre esas certificaciones hay expedidas, que no se cambian.")
        return super().update(**kwargs)

    def delete(self) -> NoReturn:
        """Nunca: se desiste de un borrador, se cancela una expedida."""
        raise ActoInmutable("Las certificaciones no se borran: de un borrador se desiste y una expedida se cancela.")


class Certificacion(models.Model):
    """Lo que una persona con facultad certifica de unos documentos del archivo.

    Antes de expedir se edita lo de arriba; al expedir se fija todo: `facultad` {tipo, fundamento, documento, desde, hasta, areas},
    `institucion` {nombre, area, domicilio…}, `redaccion` {modelo, variables} y `politica` (las reglas que regían ese día), `texto` y `parrafos` (el texto y sus partes como se imprimen), `acta` (lo que va adjunto como
    acta.json), `firma` (lo que la firma electrónica dejó), `tomos` [{tomo, sha256, fojas}] si se partió. `codigo` es el de la consulta pública;
    `segundo_codigo` guarda sólo la huella del que va impreso en la carátula.
    """

    class Consulta(models.TextChoices):
        """Qué puede ver en la página de consulta quien tiene la copia en papel."""

        SIN_CONSULTA = "sin_consulta", "Sólo los datos del registro"
        DOBLE_CODIGO = "doble_codigo", "Las fojas, con el segundo código de la carátula"
        PUBLICA = "publica", "Las fojas, cualquiera"

    class Firma(models.TextChoices):
        """Cómo se firma."""

        AUTOGRAFA = "autografa", "Autógrafa: se imprime, se firma y se sella"
        EFIRMA = "efirma", "e.firma de quien certifica, en su navegador"
        PKCS11 = "pkcs11", "Dispositivo criptográfico"
        SELLO = "sello", "Sello electrónico de la institución"
        ENSAYO = "ensayo", "Claves de ensayo, sin validez"

    clave = models.CharField("clave", max_length=12, unique=True, default=clave_nueva, editable=False)
    estado = models.CharField(
        "estado", max_length=20, default="borrador", choices=[(e.clave, e.nombre) for e in GUARDADOS], editable=False
    )
    soporte = models.CharField("qué se copia", max_length=30, choices=TipoDeSoporte, default=TipoDeSoporte.ORIGINAL_AUTOGRAFO)
    modelo = models.CharField(
        "modelo de texto", max_length=60, blank=True, help_text="Vacío: el que corresponde a lo que se copia."
    )
    variables = models.JSONField("datos del texto", default=dict, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name="área de los documentos")
    peticionario = models.CharField("a petición de", max_length=300, blank=True, help_text="Vacío: la parte interesada.")
    a_autoridad = models.BooleanField("la pide una autoridad", default=False)
    referencia = models.CharField("solicitud u oficio", max_length=200, blank=True)
    finalidad = models.CharField("para qué se expide", max_length=300, blank=True)
    ejemplares = models.PositiveSmallIntegerField("ejemplares", default=1)
    derechos = models.CharField("recibo de pago o exención", max_length=300, blank=True)
    pago_acreditado = models.BooleanField("pago o exención acreditados", default=False)
    elaboro = models.CharField("iniciales de quien elaboró", max_length=20, blank=True)
    reviso = models.CharField("iniciales de quien revisó", max_length=20, blank=True)
    firma_tipo = models.CharField("firma", max_length=12, choices=Firma, default=Firma.AUTOGRAFA)
    consulta = models.CharField("consulta del papel", max_length=14, choices=Consulta, default=Consulta.SIN_CONSULTA)
    papel = models.CharField("tamaño", max_length=8, default="foja", choices=[("foja", "El del original"), ("carta", "Carta")])
    adjuntar_originales = models.BooleanField("adjuntar los originales", default=True)
    version_publica = models.BooleanField("versión pública", default=False)
    sustituye_a = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="en_preparacion")
    motivo = models.TextField("motivo de desistimiento o de lo pendiente", blank=True, editable=False)
    fojas = models.PositiveIntegerField("fojas", default=0, editable=False)
    paginas = models.PositiveIntegerField("páginas", default=0, editable=False)
    creado = models.DateTimeField(auto_now_add=True)
    creado_por = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+", editable=False)
    modificado = models.DateTimeField(auto_now=True)

    certificador = models.ForeignKey(Usuario, models.PROTECT, null=True, blank=True, related_name="certificaciones")
    certificador_nombre = models.CharField(max_length=200, blank=True, editable=False)
    cargo = models.CharField(max_length=300, blank=True, editable=False)
    suplencia = models.CharField(max_length=300, blank=True, editable=False)
    fundamento = models.TextField(blank=True, editable=False)
    facultad = models.JSONField(default=dict, blank=True, editable=False)
    institucion = models.JSONField(default=dict, blank=True, editable=False)
    lugar = models.CharField("lugar", max_length=200, blank=True)
    fecha_letra = models.CharField(max_length=120, blank=True, editable=False)
    fojas_letra = models.CharField(max_length=120, blank=True, editable=False)
    texto = models.TextField(blank=True, editable=False)
    parrafos = models.JSONField(default=list, blank=True, editable=False)
    redaccion = models.JSONField(default=dict, blank=True, editable=False)
    politica = models.JSONField(default=dict, blank=True, editable=False)
    cotejador_nombre = models.CharField(max_length=200, blank=True, editable=False)
    acta = models.JSONField(default=dict, blank=True, editable=False)
    rutas = models.JSONField(default=list, blank=True, editable=False)
    tomos = models.JSONField(default=list, blank=True, editable=False)
    firma = models.JSONField(default=dict, blank=True, editable=False)
    cadena_original = models.TextField(blank=True, editable=False)

    libro = models.ForeignKey(LibroCertificacion, models.PROTECT, null=True, related_name="certificaciones", editable=False)
    consecutivo = models.PositiveIntegerField(null=True, editable=False)
    folio = models.CharField("folio", max_length=40, null=True, unique=True, editable=False)  # noqa: DJ001
    codigo = models.CharField("código", max_length=32, null=True, unique=True, editable=False)  # noqa: DJ001
    segundo_codigo = models.CharField(max_length=160, blank=True, editable=False)
    expedida_en = models.DateTimeField("expedida", null=True, editable=False)
    objeto = models.ForeignKey(ObjetoDigital, models.PROTECT, null=True, related_name="+", editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_index=True, editable=False)
    sha256_sin_firma = models.CharField(max_length=64, blank=True, editable=False)
    asiento = models.PositiveBigIntegerField("asiento en el registro", null=True, editable=False)

    objects = CertificacionQuerySet.as_manager()

    class Meta:
        verbose_name = "certificación"
        verbose_name_plural = "certificaciones"
        ordering = ("-creado", "-pk")
        permissions = [("expedir", "Puede expedir y cancelar certificaciones"), ("cotejar", "Puede cotejar copias")]
        constraints = [
            models.UniqueConstraint(fields=["libro", "consecutivo"], name="folio_unico_por_libro"),
            models.CheckConstraint(
                condition=Q(estado=EXPEDIDA, folio__isnull=False, codigo__isnull=False, libro__isnull=False, consecutivo__gte=1)
                & Q(expedida_en__isnull=False, objeto__isnull=False, asiento__isnull=False)
                & ~Q(sha256="")
                | ~Q(estado=EXPEDIDA) & Q(folio__isnull=True, codigo__isnull=True, consecutivo__isnull=True),
                name="folio_solo_al_expedir",
            ),
        ]
        indexes = [
            models.Index(fields=["estado", "-creado"], name="certificacion_por_estado"),
            models.Index(fields=["libro", "-consecutivo"], name="certificacion_en_su_libro"),
        ]

    def __str__(self) -> str:
        return self.folio or f"Certificación en {ESTADOS[self.estado].nombre.lower()} ({self.clave})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Guarda un borrador o expide; una ya expedida lanza `ActoInmutable`."""
        if getattr(self, "_estado_leido", "") == EXPEDIDA:
            raise ActoInmutable(f"{self}: ya está expedida y no se cambia; cancélela o sustitúyala.")
        super().save(*args, **kwargs)
        self._estado_leido = self.estado

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Nunca: se desiste o se cancela."""
        raise ActoInmutable(f"{self}: no se borra; de un borrador se desiste y una expedida se cancela.")

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **opciones: Any) -> "Certificacion":
        """Recuerda el estado con que se leyó: una expedida no se vuelve a guardar."""
        leida = super().from_db(db, field_names, values, **opciones)
        leida._estado_leido = leida.__dict__.get("estado", EXPEDIDA)
        return leida

    @property
    def estado_actual(self) -> str:
        """El estado con lo que se le agregó después: cancelada, sustituida o entregada. Sin `con_situacion`, tres consultas."""
        if self.estado != EXPEDIDA:
            return self.estado
        for marca, campo, clave in (
            ("hay_cancelacion", "cancelacion", "cancelada"),
            ("hay_sustitucion", "sustitucion", "sustituida"),
            ("hay_entrega", "entrega", "entregada"),
        ):
            if getattr(self, marca) if hasattr(self, marca) else hasattr(self, campo):
                return clave
        return EXPEDIDA

    @property
    def clase_de_estado(self) -> type[Estado]:
        """La clase del estado actual."""
        return ESTADOS[self.estado_actual]

    @property
    def es_de_ensayo(self) -> bool:
        """¿Es un ensayo, sin validez?"""
        return self.firma_tipo == self.Firma.ENSAYO

    def objetos_de_tomos(self) -> list[ObjetoDigital]:
        """Los archivos de la copia, en orden; casi siempre uno."""
        if not self.tomos:
            return [self.objeto] if self.objeto else []
        por_huella = ObjetoDigital.objects.in_bulk([t["sha256"] for t in self.tomos], field_name="sha256")
        return [por_huella[t["sha256"]] for t in self.tomos]

    @property
    def expedida_el(self) -> str:
        """La fecha y hora local de expedición, en ISO 8601; «» si no se ha expedido."""
        return timezone.localtime(self.expedida_en).isoformat(timespec="seconds") if self.expedida_en else ""
