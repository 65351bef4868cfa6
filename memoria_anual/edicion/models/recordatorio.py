"""Los correos que recuerdan una aportación: qué días se mandan es un dato con fecha; cada uno que se debe es una fila."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from archivo.identidad.puerta import Usuario
from archivo.salidas import EstadoDeCorreo
from memoria_anual.edicion.models.integracion import AportacionDeArea


class ReglaDeRecordatorio(models.Model):
    """Cuántos días antes o después de qué se escribe a la dependencia. Vale para los días que caen en su vigencia."""

    class Cuando(models.TextChoices):
        """Desde dónde se cuentan los días."""

        AL_PEDIR = "al_pedir", "después de que se pidió"
        ANTES = "antes", "antes de que venza el plazo"
        DESPUES = "despues", "después de que venció el plazo"

    dias = models.PositiveSmallIntegerField("días", help_text="Cero: ese mismo día.")
    cuando = models.CharField("cuándo", max_length=10, choices=Cuando, default=Cuando.ANTES)
    texto = models.TextField(
        "qué agregar al correo",
        blank=True,
        max_length=1000,
        help_text="Va en el correo, después de decir qué falta y para cuándo.",
    )
    desde = models.DateField("rige desde", default=timezone.localdate)
    hasta = models.DateField("rige hasta", null=True, blank=True)
    es_muestra = models.BooleanField("de muestra", default=False, help_text="Nadie de la institución lo ha revisado.")

    class Meta:
        verbose_name = "recordatorio de aportaciones"
        verbose_name_plural = "recordatorios de aportaciones"
        ordering = ("cuando", "dias", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(hasta__isnull=True) | Q(hasta__gte=F("desde")), name="recordatorio_con_fechas_en_orden"
            )
        ]

    def __str__(self) -> str:
        if not self.dias:
            return "El día que se pide" if self.cuando == self.Cuando.AL_PEDIR else "El día que vence el plazo"
        return f"{self.dias} día{'s' * (self.dias != 1)} {self.get_cuando_display()}"

    def dia_de(self, aportacion: AportacionDeArea) -> date | None:
        """Qué día toca recordar esa aportación; None si ese día la regla no rige, o la aportación aún no se pedía."""
        pedida, lapso = timezone.localdate(aportacion.pedida), timedelta(days=self.dias)
        de = {
            self.Cuando.AL_PEDIR: pedida + lapso,
            self.Cuando.ANTES: aportacion.vence - lapso,
            self.Cuando.DESPUES: aportacion.vence + lapso,
        }
        dia = de[self.Cuando(self.cuando)]
        rige = self.desde <= dia and (self.hasta is None or dia <= self.hasta)
        return dia if rige and dia >= pedida else None


class RecordatorioQuerySet(models.QuerySet["Recordatorio"]):
    """Vocabulario de los recordatorios."""

    def por_mandar(self) -> "RecordatorioQuerySet":
        """Los pendientes cuya hora llegó."""
        return self.filter(estado=EstadoDeCorreo.PENDIENTE, proximo__lte=timezone.now()).order_by("proximo", "id")

    def con_falla(self) -> "RecordatorioQuerySet":
        """Los que se intentaron y no han salido, del plazo que hoy tiene su aportación."""
        sin_salir = self.filter(estado__in=(EstadoDeCorreo.PENDIENTE, EstadoDeCorreo.FALLIDO), vence=F("aportacion__vence"))
        return sin_salir.exclude(error="").order_by("id")


class Recordatorio(models.Model):
    """Un correo por mandar o mandado a una persona por una aportación: uno por día que toca. No guarda su dirección ni el texto."""

    aportacion = models.ForeignKey(AportacionDeArea, models.CASCADE, related_name="recordatorios")
    persona = models.ForeignKey(Usuario, models.CASCADE, related_name="+")
    dia = models.DateField("el día que tocaba")
    vence = models.DateField("el plazo que recuerda")
    texto = models.TextField(blank=True, max_length=1000)
    estado = models.CharField(max_length=10, choices=EstadoDeCorreo, default=EstadoDeCorreo.PENDIENTE)
    intentos = models.PositiveSmallIntegerField(default=0)
    proximo = models.DateTimeField("no antes de", default=timezone.now)
    error = models.CharField("por qué no salió", max_length=300, blank=True)
    creado = models.DateTimeField(default=timezone.now)
    enviado_en = models.DateTimeField(null=True)

    objects = RecordatorioQuerySet.as_manager()

    class Meta:
        verbose_name = "recordatorio"
        verbose_name_plural = "recordatorios"
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["aportacion", "persona", "dia"], name="recordatorio_unico_por_dia")]
        indexes = [models.Index(fields=["proximo"], condition=Q(estado="pendiente"), name="recordatorio_por_mandar")]

    def __str__(self) -> str:
        return f"{self.dia:%d/%m/%Y} ({self.get_estado_display().lower()})"
