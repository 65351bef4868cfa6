"""Formularios de personas, nombramientos y suplencias."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.utils import timezone

from archivo.identidad.puerta import (
    ROLES,
    Area,
    CuentaNueva,
    Nombramiento,
    NombramientoNuevo,
    SuplenciaNueva,
    Usuario,
    quienes_suplen_a,
)

MAL_LA_CUENTA = "Escriba la cuenta sin espacios ni acentos, por ejemplo «rosa.mendez»."
SEMANA = timedelta(days=7)


class FechaWidget(forms.DateInput):
    """El calendario del navegador."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NombramientoForm(forms.Form):
    """Un rol, dónde y entre qué fechas."""

    rol = forms.ChoiceField(
        label="Rol", choices=[("", "Elija un rol"), *((r.clave, r.nombre) for r in ROLES.values())],
        error_messages={"required": "Elija el rol que va a ejercer."},
    )  # fmt: skip
    area = forms.ModelChoiceField(
        label="Área", queryset=Area.objects.filter(vigente_hasta__isnull=True), required=False,
        empty_label="Toda la institución", help_text="Vale también en las áreas que dependen de ella.",
    )  # fmt: skip
    desde = forms.DateField(label="Desde", required=False, widget=FechaWidget, help_text="Vacía: desde hoy.")
    hasta = forms.DateField(label="Hasta", required=False, widget=FechaWidget, help_text="Último día. Vacía: sin término.")

    def clean(self) -> dict[str, Any]:
        """Las fechas en orden."""
        limpios = super().clean() or {}
        desde, hasta = limpios.get("desde"), limpios.get("hasta")
        if hasta and hasta < (desde or timezone.localdate()):
            self.add_error("hasta", "El último día es anterior al primero.")
        return limpios

    def nuevo(self) -> NombramientoNuevo:
        """Lo que se pide."""
        limpio = self.cleaned_data
        return NombramientoNuevo(limpio["rol"], limpio["area"], limpio["desde"], limpio["hasta"])


class OtroNombramientoForm(NombramientoForm):
    """Un rol más para quien ya tiene cuenta."""

    motivo = forms.CharField(label="Motivo", required=False, max_length=300, help_text="Queda en la bitácora.")


class PersonaForm(NombramientoForm):
    """Una cuenta con su primer rol."""

    usuario = forms.CharField(
        label="Cuenta", max_length=60, validators=[ASCIIUsernameValidator(message=MAL_LA_CUENTA)],
        help_text="Con la que entra: letras sin acento, números y . - _ @",
    )  # fmt: skip
    nombre = forms.CharField(label="Nombre", max_length=150)
    apellidos = forms.CharField(label="Apellidos", max_length=150, required=False)
    correo = forms.EmailField(label="Correo", required=False)
    field_order = ("nombre", "apellidos", "usuario", "correo", "rol", "area", "desde", "hasta")

    def cuenta(self) -> CuentaNueva:
        """Lo que se pide."""
        limpio = self.cleaned_data
        return CuentaNueva(limpio["usuario"], limpio["nombre"], limpio["apellidos"], limpio["correo"])


class PersonaChoiceField(forms.ModelChoiceField):
    """Una persona, con su cuenta, para distinguir a quienes se llaman igual."""

    def label_from_instance(self, obj: Any) -> str:
        """Nombre y cuenta."""
        return f"{obj} ({obj.username})"


class NombramientosField(forms.ModelMultipleChoiceField):
    """Los nombramientos de alguien, dichos por su rol y su área."""

    def label_from_instance(self, obj: Any) -> str:
        """Rol y área."""
        return f"{ROLES[obj.rol].nombre} — {obj.area or 'toda la institución'}"


class SuplenciaForm(forms.Form):
    """Quién suple a una persona ausente."""

    suplente = PersonaChoiceField(
        label="Quién la suple", queryset=Usuario.objects.none(), empty_label="Elija una persona",
        help_text="Sólo aparecen las cuentas activas cuyos roles se juntan con los de la persona ausente; nunca usted.",
        error_messages={"invalid_choice": "Esa persona no puede suplirla: es usted o ella misma, su cuenta está suspendida o sus roles no se juntan."},
    )  # fmt: skip
    nombramientos = NombramientosField(
        label="En qué la suple", queryset=Nombramiento.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    desde = forms.DateField(label="Desde", widget=FechaWidget)
    hasta = forms.DateField(label="Hasta", widget=FechaWidget, help_text="Último día de la ausencia.")
    motivo = forms.CharField(label="Motivo", max_length=300, help_text="Vacaciones, comisión, licencia…")
    fundamento = forms.CharField(label="Fundamento", max_length=300, help_text="El oficio o el artículo que la autoriza.")

    def __init__(self, *args: Any, ausente: Usuario, actor: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ausente = ausente
        propios = ausente.nombramientos.vigentes().select_related("area")
        self.fields["nombramientos"].queryset = propios
        self.fields["nombramientos"].initial = list(propios)
        self.fields["suplente"].queryset = quienes_suplen_a(ausente, actor)
        hoy = timezone.localdate()
        self.fields["desde"].initial, self.fields["hasta"].initial = hoy, hoy + SEMANA

    def nueva(self) -> SuplenciaNueva:
        """Lo que se pide."""
        limpio = self.cleaned_data
        return SuplenciaNueva(
            self.ausente, limpio["suplente"], list(limpio["nombramientos"]), limpio["desde"], limpio["hasta"], limpio["motivo"],
            limpio["fundamento"],
        )  # fmt: skip


class MotivoForm(forms.Form):
    """Por qué se hace algo que quita o devuelve el acceso."""

    motivo = forms.CharField(label="Motivo", max_length=300)
