"""Institución, áreas, personas usuarias, sus nombramientos y quién las suple."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from archivo.identidad.roles import ROLES


class Institucion(models.Model):
    """El sujeto obligado dueño del archivo (LGA art. 4)."""

    clave = models.CharField("clave", max_length=20, unique=True)
    nombre = models.CharField("nombre", max_length=200)
    oficina = models.CharField("oficina", max_length=200, default="Coordinación de Comunicación Social")
    domicilio = models.CharField("domicilio", max_length=300, blank=True)
    telefono = models.CharField("teléfono", max_length=60, blank=True)
    sitio = models.CharField("sitio", max_length=200, blank=True)
    identidad = models.JSONField("identidad gráfica", default=dict, blank=True)

    class Meta:
        verbose_name = "institución"
        verbose_name_plural = "instituciones"

    def __str__(self) -> str:
        return self.nombre


class Area(models.Model):
    """Unidad productora de documentos. No se renombra: se cierra y se abre otra (principio de procedencia, LGA art. 5)."""

    clave = models.CharField("clave", max_length=40, unique=True)
    nombre = models.CharField("nombre", max_length=300, db_index=True)
    padre = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="hijas", verbose_name="depende de")
    vigente_desde = models.DateField("vigente desde", null=True, blank=True)
    vigente_hasta = models.DateField("vigente hasta", null=True, blank=True)
    por_verificar = models.BooleanField(
        "por verificar", default=False, help_text="Llegó en una importación y nadie la ha revisado."
    )

    class Meta:
        verbose_name = "área"
        verbose_name_plural = "áreas"
        ordering = ("nombre",)

    def __str__(self) -> str:
        return self.nombre


class Usuario(AbstractUser):
    """Una persona con cuenta. Lo que puede hacer lo dicen sus nombramientos vigentes, no su cuenta."""

    class Meta:
        verbose_name = "persona usuaria"
        verbose_name_plural = "personas usuarias"

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class NombramientoQuerySet(models.QuerySet["Nombramiento"]):
    """Vocabulario de los nombramientos."""

    def vigentes(self) -> "NombramientoQuerySet":
        """Los que rigen hoy, por fecha local."""
        hoy = timezone.localdate()
        return self.filter(Q(desde__isnull=True) | Q(desde__lte=hoy), Q(hasta__isnull=True) | Q(hasta__gte=hoy))

    def por_vencer(self, dias: int) -> "NombramientoQuerySet":
        """Los vigentes que terminan dentro de esos días, el más próximo primero."""
        hoy = timezone.localdate()
        return self.vigentes().filter(hasta__lte=hoy + timedelta(days=dias)).order_by("hasta", "pk")

    def ejercidos_por(self, usuario: Any) -> "NombramientoQuerySet":
        """Los vigentes de esa persona y los que ejerce por ausencia de otra."""
        suyos = Suplencia.objects.vigentes().filter(suplente=usuario)
        return self.vigentes().filter(Q(usuario=usuario) | Q(suplencias__in=suyos)).distinct()


class Nombramiento(models.Model):
    """Un rol que una persona ejerce, en un área o en toda la institución, entre dos fechas."""

    usuario = models.ForeignKey(Usuario, models.CASCADE, related_name="nombramientos", verbose_name="persona")
    rol = models.CharField("rol", max_length=40, choices=[(r.clave, r.nombre) for r in ROLES.values()])
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, verbose_name="área", help_text="Vacía: toda la institución."
    )
    desde = models.DateField("desde", null=True, blank=True)
    hasta = models.DateField("hasta", null=True, blank=True)

    objects = NombramientoQuerySet.as_manager()

    class Meta:
        verbose_name = "nombramiento"
        verbose_name_plural = "nombramientos"
        constraints = [
            models.UniqueConstraint(fields=["usuario", "rol", "area"], name="nombramiento_unico_por_area"),
            models.UniqueConstraint(fields=["usuario", "rol"], condition=Q(area__isnull=True), name="nombramiento_unico_general"),
        ]

    def __str__(self) -> str:
        return f"{self.usuario}: {ROLES[self.rol].nombre} ({self.area or 'toda la institución'})"


class SuplenciaQuerySet(models.QuerySet["Suplencia"]):
    """Vocabulario de las suplencias."""

    def vigentes(self) -> "SuplenciaQuerySet":
        """Las que rigen hoy, por fecha local, de personas cuya cuenta sigue activa."""
        hoy = timezone.localdate()
        return self.filter(desde__lte=hoy, hasta__gte=hoy, terminada__isnull=True, ausente__is_active=True)


class Suplencia(models.Model):
    """Alguien ejerce nombramientos de una persona ausente, entre dos fechas y con fundamento.

    Cubre nombramientos, no personas: si uno vence, deja de suplirse. No se suple lo que la ausente ejerce como suplente.
    """

    ausente = models.ForeignKey(Usuario, models.PROTECT, related_name="suplencias_de", verbose_name="persona ausente")
    suplente = models.ForeignKey(Usuario, models.PROTECT, related_name="suplencias", verbose_name="suplente")
    nombramientos = models.ManyToManyField(Nombramiento, related_name="suplencias", verbose_name="nombramientos que ejerce")
    desde = models.DateField("desde")
    hasta = models.DateField("hasta")
    motivo = models.CharField("motivo", max_length=300, help_text="Vacaciones, comisión, licencia…")
    fundamento = models.CharField("fundamento", max_length=300, help_text="Oficio o artículo que la autoriza.")
    registrada_por = models.ForeignKey(Usuario, models.PROTECT, null=True, related_name="+", editable=False)
    creada = models.DateTimeField(auto_now_add=True)
    terminada = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SuplenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "suplencia"
        verbose_name_plural = "suplencias"
        ordering = ("-desde", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(hasta__gte=F("desde")), name="suplencia_con_fechas_en_orden"),
            models.CheckConstraint(condition=~Q(ausente=F("suplente")), name="suplencia_de_otra_persona"),
        ]

    def __str__(self) -> str:
        return f"{self.suplente} por ausencia de {self.ausente}, del {self.desde:%d/%m/%Y} al {self.hasta:%d/%m/%Y}"


class EnlaceDeAcceso(models.Model):
    """Un enlace de un solo uso para fijar la contraseña; se guarda la huella del código, nunca el código."""

    usuario = models.ForeignKey(Usuario, models.CASCADE)
    huella = models.CharField(max_length=64, unique=True)
    caduca = models.DateTimeField()
    usado = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "enlace de acceso"
        verbose_name_plural = "enlaces de acceso"
