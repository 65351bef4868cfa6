"""Lo que se pregunta de una solicitud: al recibirla, al armar su canasta, al cobrarla y al eximirla."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from certificaciones.solicitudes.puerta import ExencionDePago, QuienPide, Solicitud, SolicitudNueva

_DIA = {"type": "date"}
DE_LA_SOLICITUD = (
    "tipo", "medio", "folio_pnt", "autoridad", "referencia", "finalidad", "descripcion", "modalidad", "ejemplares", "vence", "prioritaria",
)  # fmt: skip
DE_QUIEN_PIDE = ("nombre", "correo", "telefono", "domicilio")
GRUPOS = (
    ("Qué llegó y por dónde", ("tipo", "medio", "folio_pnt")),
    ("Si la pide una autoridad", ("autoridad", "referencia", "vence", "prioritaria")),
    ("Qué se pide y para qué", ("finalidad", "descripcion", "modalidad", "ejemplares")),
    ("Quién la hace. Sólo lo lee la Unidad de Transparencia", DE_QUIEN_PIDE),
)


class SolicitudForm(forms.ModelForm):
    """Una solicitud que llega a la oficina."""

    nombre = forms.CharField(label="Nombre o seudónimo", max_length=200, required=False)
    correo = forms.EmailField(label="Correo electrónico", required=False)
    telefono = forms.CharField(label="Teléfono", max_length=40, required=False)
    domicilio = forms.CharField(label="Domicilio", max_length=300, required=False)

    class Meta:
        model = Solicitud
        fields = DE_LA_SOLICITUD
        widgets = {"vence": forms.DateInput(attrs=_DIA, format="%Y-%m-%d"), "descripcion": forms.Textarea(attrs={"rows": 3})}

    @property
    def grupos(self) -> list[tuple[str, list[Any]]]:
        """Los campos, por asunto."""
        return [(titulo, [self[c] for c in campos]) for titulo, campos in GRUPOS]

    def clean(self) -> dict[str, Any]:
        """De una autoridad se anota cuál es y su oficio."""
        limpio = super().clean() or {}
        if limpio.get("tipo") == Solicitud.Tipo.REQUERIMIENTO:
            if not limpio.get("autoridad"):
                self.add_error("autoridad", "Escriba la autoridad que requiere la copia.")
            if not limpio.get("referencia"):
                self.add_error("referencia", "Escriba el número y la fecha del oficio.")
        return limpio

    def validate_constraints(self) -> None:
        """Las restricciones de la base ya las dice `clean`, junto a su campo."""

    def nueva(self) -> SolicitudNueva:
        """La solicitud lista para recibirse."""
        limpio = self.cleaned_data
        return SolicitudNueva(
            Solicitud(**{c: limpio[c] for c in DE_LA_SOLICITUD}), QuienPide(**{c: limpio[c] for c in DE_QUIEN_PIDE})
        )


class ElementoForm(forms.Form):
    """Un documento para la canasta."""

    elemento = forms.CharField(label="Clave del documento", max_length=12)
    paginas = forms.CharField(label="Páginas", max_length=200, required=False, help_text="Vacío: todas. Por ejemplo: 1-3, 7.")


class OrdenForm(forms.Form):
    """Cuántas páginas se cobran."""

    paginas = forms.IntegerField(label="Páginas que se copian", min_value=1, max_value=100_000)


class PagoForm(forms.Form):
    """Lo que prueba un pago."""

    recibo = forms.CharField(label="Número del recibo", max_length=80)
    monto = forms.DecimalField(label="Monto pagado", min_value=Decimal(0), max_digits=12, decimal_places=2)
    fecha = forms.DateField(
        label="Fecha del pago", widget=forms.DateInput(attrs=_DIA, format="%Y-%m-%d"), initial=timezone.localdate
    )
    comprobante = forms.FileField(label="Comprobante (PDF o imagen)", required=False)


class ExencionForm(forms.Form):
    """Por qué no se paga."""

    causa = forms.ChoiceField(label="Causa", choices=ExencionDePago.Causa)
    motivo = forms.CharField(label="Motivo, como lo dirá la certificación", max_length=300)
