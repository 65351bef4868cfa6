"""Lo propio de cada clase de autoridad: un formulario pequeño por clase, como la ficha de los tipos. Se guarda en `datos`."""

import re
from typing import Any

from django import forms

TIPOS_DE_MEDIO = [
    ("impreso", "Impreso"),
    ("radio", "Radio"),
    ("television", "Televisión"),
    ("digital", "Digital"),
    ("agencia", "Agencia"),
    ("red_social", "Red social"),
]
AMBITOS = [("local", "Local"), ("estatal", "Estatal"), ("nacional", "Nacional"), ("internacional", "Internacional")]
PERIODICIDADES = [
    ("diaria", "Diaria"),
    ("semanal", "Semanal"),
    ("quincenal", "Quincenal"),
    ("mensual", "Mensual"),
    ("continua", "Continua"),
    ("otra", "Otra"),
]
_VACIO = [("", "Sin definir")]
_COORDENADAS = re.compile(r"(-?\d{1,2}(?:\.\d{1,8})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,8})?)\Z")


class FichaDeAutoridadForm(forms.Form):
    """La base: los valores limpios, sin vacíos, como JSON los devolverá. `publicos` son los que cualquiera puede ver."""

    publicos: tuple[str, ...] = ()

    def como_json(self) -> dict[str, Any]:
        """Los valores por guardar; un «no» también se guarda."""
        return {clave: valor for clave, valor in self.cleaned_data.items() if valor not in (None, "", [])}

    def en_palabras(self, datos: dict[str, Any], *, solo_publicos: bool = False) -> list[tuple[str, str]]:
        """Rótulo y valor de lo guardado, para mostrarlo."""
        renglones = []
        for clave, campo in self.fields.items():
            valor = datos.get(clave)
            if valor in (None, "") or (solo_publicos and clave not in self.publicos):
                continue
            dicho = {True: "Sí", False: "No"}.get(valor) if isinstance(valor, bool) else None
            opciones = dict(getattr(campo, "choices", []))
            renglones.append((str(campo.label), dicho or str(opciones.get(valor, valor))))
        return renglones


class PersonaFicha(FichaDeAutoridadForm):
    """De una persona sólo se publican sus cargos públicos; lo demás es para distinguirla dentro de la oficina."""

    cargos = forms.CharField(
        label="Cargos públicos", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Uno por renglón, con sus años."
    )  # fmt: skip
    identificador = forms.CharField(
        label="Identificador externo", required=False, max_length=200, help_text="VIAF, ISNI, Wikidata… con su dirección."
    )
    publicos = ("cargos",)


class OrganismoFicha(FichaDeAutoridadForm):
    """Una dependencia o entidad."""

    siglas = forms.CharField(label="Siglas", required=False, max_length=40)
    ambito = forms.ChoiceField(
        label="Ámbito",
        required=False,
        choices=[*_VACIO, ("municipal", "Municipal"), ("estatal", "Estatal"), ("federal", "Federal"), ("privado", "Privado")],
    )
    sitio = forms.URLField(label="Sitio", required=False, max_length=300, assume_scheme="https")
    publicos = ("siglas", "ambito", "sitio")


class MedioFicha(FichaDeAutoridadForm):
    """Un medio de comunicación."""

    tipo_medio = forms.ChoiceField(label="Tipo de medio", required=False, choices=[*_VACIO, *TIPOS_DE_MEDIO])
    ambito = forms.ChoiceField(label="Ámbito", required=False, choices=[*_VACIO, *AMBITOS])
    periodicidad = forms.ChoiceField(label="Periodicidad", required=False, choices=[*_VACIO, *PERIODICIDADES])
    frecuencia = forms.CharField(
        label="Frecuencia o canal", required=False, max_length=60, help_text="Por ejemplo: XEQK 1350 AM."
    )
    sitio = forms.URLField(label="Sitio", required=False, max_length=300, assume_scheme="https")
    activo = forms.BooleanField(label="Sigue publicando", required=False, initial=True)
    publicos = ("tipo_medio", "ambito", "periodicidad", "frecuencia", "sitio", "activo")


class LugarFicha(FichaDeAutoridadForm):
    """Un lugar."""

    municipio = forms.CharField(label="Municipio o alcaldía", required=False, max_length=120)
    entidad = forms.CharField(label="Entidad federativa", required=False, max_length=120)
    coordenadas = forms.CharField(
        label="Coordenadas", required=False, max_length=40, help_text="Latitud y longitud, como 19.3953, -99.0977."
    )
    publicos = ("municipio", "entidad", "coordenadas")

    def clean_coordenadas(self) -> str:
        """Latitud entre −90 y 90, longitud entre −180 y 180."""
        escrito = self.cleaned_data["coordenadas"].strip()
        partes = _COORDENADAS.match(escrito)
        if escrito and (partes is None or abs(float(partes[1])) > 90 or abs(float(partes[2])) > 180):
            raise forms.ValidationError("Escriba la latitud y la longitud en grados, como 19.3953, -99.0977.")
        return f"{partes[1]}, {partes[2]}" if partes else ""


FICHAS: dict[str, type[FichaDeAutoridadForm]] = {
    "persona": PersonaFicha,
    "organismo": OrganismoFicha,
    "medio": MedioFicha,
    "lugar": LugarFicha,
}
