"""El formulario de un cambio en lote: qué campo, qué se le hace y con qué valor."""

import copy
from typing import Any

from django import forms

from archivo.catalogo.puerta import NIVELES, CampoDeLote, Item, Medio, campos_de_lote, tipo_de
from archivo.identidad.puerta import Area
from archivo.oficina.formularios.campos import TemasField

VACIAR = "vaciar"
_ACCIONES = {"poner": "Poner este valor", "vaciar": "Vaciarlo", "agregar": "Agregar esto a lo que tenga", "quitar": "Quitar esto"}
_FICHA = "ficha-"


class CampoForm(forms.Form):
    """El primer paso: qué campo se va a cambiar."""

    campo = forms.ChoiceField(label="Qué va a cambiar")

    def __init__(self, *args: Any, tipo: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campo"].choices = [(c.clave, c.nombre) for c in campos_de_lote(tipo).values()]


class MedioPorNombreField(forms.CharField):
    """Un medio por su nombre exacto; vale su llave."""

    def clean(self, value: Any) -> Any:
        """La llave del medio."""
        nombre = super().clean(value)
        medio = Medio.objects.filter(nombre=nombre, fundida_en__isnull=True).first() if nombre else None
        if nombre and medio is None:
            raise forms.ValidationError(f"No hay un medio que se llame «{nombre}». Escríbalo como está en sus autoridades.")
        return medio.pk if medio else None


def _valor_de(campo: CampoDeLote, tipo: str) -> forms.Field:
    """El campo de formulario con que se escribe el valor."""
    if campo.clave.startswith(_FICHA):
        return copy.deepcopy(tipo_de(tipo).ficha.base_fields[campo.clave.removeprefix(_FICHA)])
    if campo.clave == "temas":
        return TemasField(help_text="Separados por punto y coma.")
    if campo.clave == "area_id":
        return forms.ModelChoiceField(Area.objects.all(), empty_label=None)
    if campo.clave == "medio_id":
        return MedioPorNombreField(max_length=300)
    if campo.clave == "acceso":
        return forms.ChoiceField(choices=[(n.clave, n.nombre) for n in NIVELES.values()])
    columna = Item._meta.get_field(campo.clave)
    return columna.formfield() or forms.CharField()


class CambioEnLoteForm(forms.Form):
    """El segundo paso: la acción, el valor y el motivo."""

    accion = forms.ChoiceField(label="Qué se hace", widget=forms.RadioSelect)
    motivo = forms.CharField(label="Motivo", max_length=300, help_text="Queda en la historia de cada documento.")
    field_order = ("accion", "valor", "motivo")

    def __init__(self, *args: Any, tipo: str, campo: CampoDeLote, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campo = campo
        self.fields["accion"].choices = [(a, _ACCIONES[a]) for a in campo.acciones]
        self.fields["accion"].initial = campo.acciones[0]
        valor = _valor_de(campo, tipo)
        valor.label, valor.required = campo.nombre, False
        self.fields["valor"] = valor
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Hace falta un valor, salvo para vaciar."""
        limpios = super().clean() or {}
        if limpios.get("accion") != VACIAR and "valor" in limpios and limpios["valor"] in (None, "", []):
            self.add_error("valor", "Escriba el valor, o elija «Vaciarlo» si quiere dejarlo sin dato.")
        return limpios

    def cambio(self) -> dict[str, Any]:
        """Lo pedido, como lo guarda el catálogo."""
        valor = self.cleaned_data.get("valor")
        if isinstance(valor, Area):
            valor = valor.pk
        return {"campo": self.campo.clave, "accion": self.cleaned_data["accion"], "valor": valor}
