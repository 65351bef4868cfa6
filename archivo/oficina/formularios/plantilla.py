"""El nombre y el alcance de una plantilla, y qué valores conserva."""

from typing import Any

from django import forms

from archivo.identidad.puerta import Area, Lector
from archivo.oficina.models import PlantillaDeCaptura


class PlantillaForm(forms.Form):
    """Una plantilla. `valores` son los que trae; se marcan los que se quedan."""

    nombre = forms.CharField(label="Nombre", max_length=120, help_text="Como la buscará al capturar: «Nota de El Centinela».")
    area = forms.ModelChoiceField(
        label="Quién la usa",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Sólo yo",
        help_text="Un área: quien captura en ella.",
    )
    quedan = forms.MultipleChoiceField(label="Qué trae escrito", widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        lector: Lector,
        usuario: Any,
        opciones: list[tuple[str, str]],
        tipo: str,
        pk: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.usuario, self.tipo, self.pk = usuario, tipo, pk
        areas = {r.area_id for r in lector.roles}
        campo: Any = self.fields["area"]
        campo.queryset = Area.objects.all() if None in areas else Area.objects.filter(pk__in=areas)
        elegibles: Any = self.fields["quedan"]
        elegibles.choices = opciones

    def clean(self) -> dict[str, Any]:
        """No hay dos con el mismo nombre para las mismas personas."""
        limpios = super().clean() or {}
        alcance = {"area": limpios["area"]} if limpios.get("area") else {"usuario": self.usuario, "area": None}
        iguales = PlantillaDeCaptura.objects.filter(tipo=self.tipo, nombre=limpios.get("nombre", ""), **alcance)
        if iguales.exclude(pk=self.pk).exists():
            self.add_error("nombre", "Ya hay una plantilla con ese nombre. Póngale otro, o cambie aquélla.")
        return limpios
