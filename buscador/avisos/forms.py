"""Los formularios de los avisos."""

from typing import Any

from django import forms


class AvisoForm(forms.Form):
    """El correo de quien quiere aviso."""

    correo = forms.EmailField(
        max_length=254,
        error_messages={
            "required": "Escriba el correo al que quiere que avisemos.",
            "invalid": "Escriba un correo completo, por ejemplo nombre@ejemplo.mx.",
        },
    )

    def clean_correo(self) -> str:
        """Sin mayúsculas en el dominio: el mismo correo no se apunta dos veces."""
        usuario, _, dominio = self.cleaned_data["correo"].rpartition("@")
        return f"{usuario}@{dominio.lower()}"


class GuardarForm(forms.Form):
    """El nombre de una búsqueda de la oficina, y si se avisa de lo nuevo."""

    nombre = forms.CharField(max_length=200, error_messages={"required": "Escriba con qué nombre la quiere encontrar."})
    con_aviso = forms.BooleanField(required=False)

    def __init__(self, *args: Any, tiene_correo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tiene_correo = tiene_correo

    def clean_con_aviso(self) -> bool:
        """Sin correo en la cuenta no hay a dónde avisar."""
        if self.cleaned_data["con_aviso"] and not self.tiene_correo:
            raise forms.ValidationError("Su cuenta no tiene correo. Pida a quien administra que lo anote, o guárdela sin aviso.")
        return self.cleaned_data["con_aviso"]
