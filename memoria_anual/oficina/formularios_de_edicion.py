"""Los formularios de la edición: abrir, aportar, ajustar, comentar."""

import re
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from archivo.identidad.puerta import Area
from memoria_anual.edicion.puerta import LoAportado, Memoria, SalaDeAuditoria, SalaNueva
from memoria_anual.indicadores.puerta import Periodo, PeriodoIlegible, leer_periodo

_SEPARAN = re.compile(r"[\s,;]+")


def lo_que_falta(form: forms.BaseForm) -> str:
    """Cada error con el nombre de su campo, en un renglón."""
    return " ".join(f"{form[campo].label}: {e}" for campo, errores in form.errors.items() for e in errores)


class PeriodoField(forms.Field):
    """Un periodo como se escribe: `2026`, `2026-T3`. Limpio da el periodo."""

    def __init__(self, **opciones: Any) -> None:
        opciones.setdefault("help_text", "Un año (2026), un trimestre (2026-T3), un año de gobierno (2026-G) o dos días.")
        super().__init__(label="Periodo", widget=forms.TextInput(attrs={"maxlength": 30}), **opciones)

    def to_python(self, value: Any) -> Periodo | None:
        """El periodo, o por qué no se entiende."""
        dicho = str(value or "").replace("\0", "").strip()[:40]
        try:
            return leer_periodo(dicho) if dicho else None
        except PeriodoIlegible as error:
            raise forms.ValidationError(str(error)) from error


class AbrirForm(forms.Form):
    """Abrir una memoria, o seguir desde otra."""

    tipo = forms.ChoiceField(label="Tipo", choices=Memoria.Tipo.choices)
    periodo = PeriodoField()
    titulo = forms.CharField(label="Título", max_length=200, required=False, help_text="Vacío: el de su tipo.")
    area = forms.ModelChoiceField(label="Área que la lleva", queryset=Area.objects.order_by("nombre"), required=False)


class DatosForm(forms.ModelForm):
    """Lo que va en la página legal."""

    class Meta:
        model = Memoria
        fields = ("titulo", "editor_responsable", "isbn", "deposito_legal")


class PedirForm(forms.Form):
    """A quién se pide y para cuándo."""

    areas = forms.ModelMultipleChoiceField(
        label="Dependencias", queryset=Area.objects.order_by("nombre"), widget=forms.CheckboxSelectMultiple
    )
    vence = forms.DateField(label="A más tardar", widget=forms.DateInput(attrs={"type": "date"}))

    def clean_vence(self) -> Any:
        """De hoy en adelante."""
        if self.cleaned_data["vence"] < timezone.localdate():
            raise forms.ValidationError("El plazo ya pasó. Escriba un día de hoy en adelante.")
        return self.cleaned_data["vence"]


class AportarForm(forms.Form):
    """Lo que una dependencia entrega."""

    linea = forms.CharField(label="Línea de acción", max_length=300, required=False)
    meta = forms.CharField(label="Meta", max_length=300, required=False)
    texto = forms.CharField(label="Qué se hizo", widget=forms.Textarea(attrs={"rows": 10}), max_length=8000, required=False)
    pruebas = forms.CharField(
        label="Documentos que lo prueban",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=4000,
        help_text="Sus claves de doce signos, separadas por espacios. Lo que se afirma sin prueba se marca en la memoria.",
    )

    version_vista = forms.CharField(max_length=16, required=False, widget=forms.HiddenInput)

    def escrito(self) -> LoAportado:
        """Lo escrito, como el servicio lo pide."""
        limpio = self.cleaned_data
        return LoAportado(
            limpio["linea"],
            limpio["meta"],
            limpio["texto"],
            [c for c in _SEPARAN.split(limpio["pruebas"]) if c],
            limpio["version_vista"],
        )


class AjusteForm(forms.Form):
    """Un valor puesto a mano, con su razón."""

    clave = forms.CharField(label="Indicador", max_length=20, help_text="Su clave, por ejemplo ENT.")
    valor = forms.DecimalField(
        label="Valor", max_digits=18, decimal_places=2, required=False, help_text="Vacío: quita el ajuste."
    )
    justificacion = forms.CharField(
        label="Por qué", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Se imprime al pie de la cifra."
    )

    def clean_clave(self) -> str:
        """En mayúsculas, como se declaran."""
        return self.cleaned_data["clave"].strip().upper()


class SalaForm(forms.Form):
    """A quién se abre la sala, qué puede ver y por cuántos días."""

    auditor = forms.CharField(label="Quién audita", max_length=200, help_text="La persona o el órgano, con su nombre completo.")
    referencia = forms.CharField(label="Oficio o número de auditoría", max_length=200, required=False)
    acceso = forms.ChoiceField(
        label="Qué puede ver de las listas",
        choices=SalaDeAuditoria.Acceso.choices,
        help_text="Lo interno lo abre quien es titular.",
    )
    dias = forms.IntegerField(label="Días que abre el enlace", min_value=1, max_value=365, initial=30)

    def sala(self) -> SalaNueva:
        """Lo escrito, como el servicio lo pide."""
        limpio = self.cleaned_data
        return SalaNueva(limpio["auditor"], limpio["referencia"], limpio["acceso"], timedelta(days=limpio["dias"]))
