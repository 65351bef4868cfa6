"""Lo que se pregunta al subir un instrumento de descripción de otro archivo."""

from typing import Any

from django import forms

from archivo.catalogo.puerta import NIVELES
from archivo.identidad.puerta import Area, Usuario
from archivo.ingesta.puerta import Facultades, OpcionesDeDescripciones, area_que_recibe


class DescripcionesForm(forms.Form):
    """El archivo, quién lo recibe y hasta dónde se abre lo que trae."""

    archivo = forms.FileField(label="Archivo", help_text="CSV o XLSX con las columnas de AtoM, o XML de EAD 2002 o EAD3.")
    area = forms.ModelChoiceField(
        label="Área que recibe el fondo",
        queryset=Area.objects.none(),
        required=False,
        empty_label="Una nueva, con el nombre de la institución de origen",
    )
    acceso = forms.ChoiceField(
        label="Acceso", initial="interno", help_text="Lo más abierto que entra. Lo que el archivo cierre, cerrado queda."
    )
    publicar = forms.BooleanField(label="Publicar lo que el archivo da por publicado", required=False)
    fuente = forms.CharField(
        label="Nombre del instrumento",
        max_length=200,
        required=False,
        help_text="Vacío: el que trae el archivo. Con el mismo nombre se reconoce si vuelve a llegar.",
    )

    def __init__(self, *args: Any, persona: Usuario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facultades = Facultades(persona)
        self.persona = persona
        self.fields["area"].queryset = area_que_recibe(persona)
        niveles = facultades.niveles()
        self.fields["acceso"].choices = [(n.clave, n.nombre) for n in NIVELES.values() if n.clave in niveles]
        if not facultades.publica():
            del self.fields["publicar"]

    def opciones(self) -> OpcionesDeDescripciones:
        """Lo pedido."""
        datos = self.cleaned_data
        return OpcionesDeDescripciones(
            acceso=datos["acceso"],
            publicar=datos.get("publicar", False),
            area=datos["area"],
            fuente=datos["fuente"],
            actor=self.persona,
        )
