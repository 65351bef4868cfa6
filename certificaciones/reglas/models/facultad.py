"""Quién puede certificar, sobre qué áreas, entre qué fechas y con qué fundamento."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from archivo.identidad.puerta import Area, Usuario
from certificaciones.reglas.models.vigencia import ConVigencia, VigenciaQuerySet, en_orden

RFC_DE_PERSONA = RegexValidator(
    r"^[A-Za-zÑñ&]{4}\d{6}[A-Za-z0-9]{3}\Z",
    "El RFC de una persona lleva cuatro letras, seis cifras y tres signos: PEGJ800101AAA.",
)


class FacultadQuerySet(VigenciaQuerySet):
    """Vocabulario de las facultades."""

    def de(self, usuario: Any) -> "FacultadQuerySet":
        """Las de esa persona."""
        return self.filter(persona=usuario)


class FacultadCertificacion(ConVigencia):
    """La facultad de certificar de una persona: con su cargo, su fundamento y las áreas cuyos expedientes alcanza.

    Un área alcanza a las que dependen de ella. En suplencia se nombra también a quien se suple. No hay firma facsimilar.
    """

    class Tipo(models.TextChoices):
        """De dónde le viene."""

        PROPIA = "propia", "Propia del cargo"
        DELEGADA = "delegada", "Delegada"
        SUPLENCIA = "suplencia", "En suplencia por ausencia"

    persona = models.ForeignKey(Usuario, models.PROTECT, related_name="facultades", verbose_name="persona")
    rfc = models.CharField(
        "RFC de quien certifica",
        max_length=13,
        blank=True,
        validators=[RFC_DE_PERSONA],
        help_text="Con él se comprueba que la e.firma sea suya. No se imprime ni se publica.",
    )
    cargo = models.CharField("cargo", max_length=200, help_text="Como se imprime: «Directora de Información».")
    tipo = models.CharField("tipo", max_length=10, choices=Tipo, default=Tipo.PROPIA)
    fundamento = models.TextField("fundamento", help_text="Artículos que le dan la facultad, como se imprimen.")
    documento_soporte = models.CharField(
        "documento que la acredita",
        max_length=300,
        help_text="Nombramiento o acuerdo delegatorio, con su fecha y su publicación.",
    )
    suple_a = models.CharField(
        "suple a", max_length=200, blank=True, help_text="En suplencia: nombre de la persona ausente, como se imprime."
    )
    cargo_suplido = models.CharField("cargo de la persona ausente", max_length=200, blank=True)
    toda_la_institucion = models.BooleanField("alcanza a toda la institución", default=False)
    areas = models.ManyToManyField(
        Area, blank=True, related_name="+", verbose_name="áreas que alcanza", help_text="Con las que dependen de ellas."
    )
    es_muestra = models.BooleanField("valores de muestra", default=False, editable=False)

    objects = FacultadQuerySet.as_manager()

    class Meta:
        verbose_name = "facultad para certificar"
        verbose_name_plural = "facultades para certificar"
        ordering = ("-vigente_desde", "-id")
        constraints = [
            en_orden("facultad_con_fechas_en_orden"),
            models.CheckConstraint(condition=~Q(fundamento=""), name="facultad_con_fundamento"),
            models.CheckConstraint(condition=~Q(tipo="suplencia") | ~Q(suple_a=""), name="suplencia_nombra_a_quien_suple"),
        ]

    def __str__(self) -> str:
        return f"{self.persona}, {self.cargo}"

    @property
    def frase_de_suplencia(self) -> str:
        """«en suplencia por ausencia de Nombre, Cargo», o «»."""
        if self.tipo != self.Tipo.SUPLENCIA:
            return ""
        return f"en suplencia por ausencia de {', '.join(p for p in (self.suple_a, self.cargo_suplido) if p)}"

    def instantanea(self) -> dict[str, Any]:
        """Lo que se guarda con cada certificación: la facultad tal como estaba ese día."""
        return {
            "id": self.pk,
            "persona": str(self.persona),
            "cargo": self.cargo,
            "tipo": self.tipo,
            "fundamento": self.fundamento,
            "documento_soporte": self.documento_soporte,
            "suplencia": self.frase_de_suplencia,
            "areas": ["*"] if self.toda_la_institucion else sorted(a.clave for a in self.areas.all()),
            "vigente_desde": self.vigente_desde.isoformat(),
            "vigente_hasta": self.vigente_hasta.isoformat() if self.vigente_hasta else None,
        }
