"""Derechos y consentimiento de un documento y de cada uno de sus archivos."""

from typing import Any

from django import forms

from archivo.catalogo.puerta import Adjunto, Consentimiento, Derechos, Item
from archivo.objetos.puerta import ObjetoDigital, guardar
from archivo.oficina.formularios.cuentas import FechaWidget

LIMITE = 20 * 1024 * 1024
_FIRMAS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n": "image/png"}


def formato_de(inicio: bytes) -> str:
    """El formato de un documento de consentimiento por sus primeros bytes; «» si no se admite."""
    return next((mime for firma, mime in _FIRMAS.items() if inicio.startswith(firma)), "")


def documento_valido(archivo: Any) -> Any:
    """El documento de un consentimiento, de verdad un documento y no mayor que el límite; None si no se eligió."""
    if archivo is None:
        return None
    if archivo.size > LIMITE:
        raise forms.ValidationError("El documento pasa de 20 MB. Redúzcalo y vuelva a intentarlo.")
    if not formato_de(archivo.read(8)):
        raise forms.ValidationError("El documento no es un PDF, un JPEG ni un PNG.")
    archivo.seek(0)
    return archivo


def guardar_documento(archivo: Any) -> ObjetoDigital:
    """Lo guarda como un original más, inmutable."""
    mime = formato_de(archivo.read(8))
    archivo.seek(0)
    return guardar(archivo, mime=mime)


class DerechosForm(forms.Form):
    """Los derechos de una cosa. El documento se guarda como un original más, inmutable."""

    menores = forms.BooleanField(label="Aparecen menores de edad reconocibles", required=False)
    consentimiento = forms.ChoiceField(label="Consentimiento de quien aparece", choices=Consentimiento.choices)
    documento = forms.FileField(
        label="Documento del consentimiento", required=False, help_text="PDF, JPEG o PNG, de hasta 20 MB. Sólo lo ve la oficina."
    )
    titular = forms.CharField(label="Titular de los derechos", required=False, max_length=300)
    licencia = forms.CharField(label="Licencia o convenio", required=False, max_length=300)
    hasta = forms.DateField(
        label="Se puede difundir hasta", required=False, widget=FechaWidget, help_text="Último día. Vacía: sin plazo."
    )

    def __init__(self, *args: Any, cosa: Item | Adjunto, **kwargs: Any) -> None:
        self.cosa, self.actuales = cosa, Derechos.de(cosa)
        actuales = self.actuales
        inicial = {c: getattr(actuales, c) for c in ("menores", "consentimiento", "titular", "licencia", "hasta")}
        super().__init__(*args, initial=inicial, **kwargs)
        if actuales.documento:
            self.fields["documento"].help_text = "Ya tiene uno guardado; si elige otro, lo sustituye."

    def clean_documento(self) -> Any:
        """Un documento de verdad, y no mayor que el límite."""
        return documento_valido(self.cleaned_data["documento"])

    def clean(self) -> dict[str, Any]:
        """Con menores, el consentimiento otorgado lleva su documento."""
        limpios = super().clean() or {}
        hay = limpios.get("documento") or self.actuales.documento
        if limpios.get("menores") and limpios.get("consentimiento") == Consentimiento.OTORGADO and not hay:
            self.add_error("documento", "Adjunte el documento en que se otorgó: con menores de edad no basta decirlo.")
        return limpios

    def derechos(self) -> Derechos:
        """Lo escrito; el documento se guarda aquí."""
        limpio = dict(self.cleaned_data)
        archivo = limpio.pop("documento")
        documento = guardar_documento(archivo) if archivo else self.actuales.documento
        return Derechos(documento=documento, nota=self.actuales.nota, **limpio)
