"""El formulario de una autoridad: lo común, lo propio de su clase y sus otros nombres."""

from typing import Any

from django import forms

from archivo.catalogo.puerta import Autoridad, FechaIlegible, autoridades, leer_fecha
from archivo.oficina.formularios.selectores import AutoridadesField

NOMBRES_LIBRES = 3
DATOS = "datos"


class FechaEdtfField(forms.CharField):
    """Una fecha que se guarda como se escribe, si se entiende."""

    def __init__(self, **opciones: Any) -> None:
        super().__init__(**({"required": False, "max_length": 40} | opciones))

    def clean(self, value: Any) -> str:
        """El texto tal cual, o cómo escribirlo."""
        texto = super().clean(value)
        try:
            leer_fecha(texto)
        except FechaIlegible as error:
            raise forms.ValidationError(str(error)) from error
        return texto


class AutoridadForm(forms.Form):
    """Lo común a todas las clases (ISAAR(CPF) 5.1 y 5.2)."""

    nombre = forms.CharField(label="Forma autorizada del nombre", max_length=autoridades.LARGO_DE_NOMBRE)
    distincion = forms.CharField(
        label="Qué la distingue",
        required=False,
        max_length=80,
        help_text="Sólo si otra se llama igual: «1915-1980», «Zacatecas».",
    )
    desde = FechaEdtfField(label="Existe desde", help_text="1987, ca. 1987, 198X.")
    hasta = FechaEdtfField(label="Existe hasta")
    nota = forms.CharField(
        label="Historia", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4}), help_text="La de una persona no se publica."
    )  # fmt: skip
    motivo = forms.CharField(
        label="Motivo del cambio", required=False, max_length=300, help_text="Queda en la bitácora. Opcional."
    )


class NombreForm(forms.Form):
    """Otro de sus nombres; el renglón vacío no cuenta."""

    nombre = forms.CharField(label="Nombre", required=False, max_length=autoridades.LARGO_DE_NOMBRE)
    clase = forms.ChoiceField(
        label="Qué es", choices=[(c, n) for c, n in autoridades.CLASES_DE_NOMBRE if c != "autorizado"], initial="variante"
    )
    desde = FechaEdtfField(label="Desde")
    hasta = FechaEdtfField(label="Hasta")


NombreFormSet = forms.formset_factory(NombreForm, extra=NOMBRES_LIBRES, max_num=200)


class HojaDeAutoridad:
    """Los tres formularios de una autoridad, que se validan y guardan juntos."""

    def __init__(self, autoridad: Autoridad, datos: Any = None) -> None:
        self.autoridad = autoridad
        campos = ("nombre", "distincion", "desde", "hasta", "nota")
        self.comun = AutoridadForm(datos, initial={c: getattr(autoridad, c) for c in campos})
        nueva = autoridad.pk is None
        self.propia = autoridades.FICHAS[autoridad.clase](datos, prefix=DATOS, initial=None if nueva else autoridad.datos)
        otros = [] if nueva else autoridad.nombres.exclude(clase="autorizado").values("nombre", "clase", "desde", "hasta")
        self.nombres = NombreFormSet(datos, prefix="nombres", initial=list(otros))

    def is_valid(self) -> bool:
        """¿Están bien los tres? Los revisa todos, para mostrar juntos los errores."""
        validos = [parte.is_valid() for parte in (self.comun, self.propia, self.nombres)]
        return all(validos)

    def guardar(self, actor: Any) -> Autoridad:
        """Guarda por el servicio; puede rechazarlo con una razón."""
        limpio = dict(self.comun.cleaned_data)
        motivo = limpio.pop("motivo")
        for campo, valor in limpio.items():
            setattr(self.autoridad, campo, valor)
        propios = set(self.propia.fields)
        ajenos = {c: v for c, v in self.autoridad.datos.items() if c not in propios}
        self.autoridad.datos = ajenos | self.propia.como_json()
        nombres = [autoridades.NombreNuevo(**f.cleaned_data) for f in self.nombres if f.cleaned_data.get("nombre")]
        autorizado = self.autoridad.nombres.filter(clase="autorizado") if self.autoridad.pk else ()
        nombres += [autoridades.NombreNuevo(limpio["nombre"], "autorizado", n.desde, n.hasta) for n in autorizado]
        return autoridades.guardar_autoridad(self.autoridad, autoridades.Cambio(actor, motivo, nombres))


class RenombrarForm(forms.Form):
    """Cambia de nombre en una fecha; el que tenía queda como anterior."""

    nuevo = forms.CharField(label="Nombre nuevo", max_length=autoridades.LARGO_DE_NOMBRE)
    desde = FechaEdtfField(label="Desde cuándo se llama así", required=True, help_text="2026-11-22, 2026-11 o 2026.")
    motivo = forms.CharField(label="Motivo", required=False, max_length=300, help_text="El decreto o acuerdo, por ejemplo.")


class OtraForm(forms.Form):
    """Elige otra autoridad de la misma clase."""

    def __init__(self, clase: str, *args: Any, rotulo: str = "La otra", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clase = clase
        self.fields["otra"] = AutoridadesField((clase,), varios=False, required=True, label=rotulo)
        self.fields["otra"].widget.attrs.pop("data-selector-crea", None)

    def clean_otra(self) -> Autoridad:
        """Una que ya existe."""
        (nombre,) = self.cleaned_data["otra"]
        halladas = autoridades.halladas(self.clase, nombre)
        if len(halladas) != 1:
            raise forms.ValidationError(f"No encontramos «{nombre}». Elija una de la lista.")
        return halladas[0]


class ParentescoForm(OtraForm):
    """Cómo se enlaza con otra."""

    enlace = forms.ChoiceField(
        label="Es",
        choices=[
            ("antecesora", "antecesora de"),
            ("sucesora", "sucesora de"),
            ("superior", "superior de"),
            ("inferior", "parte de, o depende de"),
            ("asociada", "asociada con"),
        ],
    )
    desde = FechaEdtfField(label="Desde")
    hasta = FechaEdtfField(label="Hasta")

    def parentesco(self, propia: Autoridad) -> autoridades.Parentesco:
        """El enlace en la dirección en que se guarda."""
        limpio = self.cleaned_data
        otra, enlace = limpio["otra"], limpio["enlace"]
        inverso = {"sucesora": "antecesora", "inferior": "superior"}.get(enlace)
        origen, destino = (otra, propia) if inverso else (propia, otra)
        return autoridades.Parentesco(origen, inverso or enlace, destino, limpio["desde"], limpio["hasta"])
