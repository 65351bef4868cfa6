"""Lo que se pregunta al ingresar archivos y al revisar lo que se propone de uno."""

from typing import Any

from django import forms

from archivo.catalogo.puerta import NIVELES, Item, abrir, areas_de_captura, niveles_que_fija, todos_los_tipos
from archivo.identidad.puerta import Area, Lector
from archivo.oficina.formularios.campos import FechaParcialField
from archivo.oficina.permisos import area_propia, puede_cambiar

ROLES = [
    ("fotografia", "Fotografías"),
    ("original", "El documento original"),
    ("difusion", "Copia de difusión"),
    ("anexo", "Anexos"),
]

_CONGELADOS = {"archivado", "cancelado"}
"""Sus archivos ya no cambian."""


class ArchivosInput(forms.ClearableFileInput):
    """Un campo de varios archivos."""

    allow_multiple_selected = True


class ArchivosField(forms.FileField):
    """Uno o varios archivos; limpio da una lista."""

    widget = ArchivosInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Al menos uno. Lo vacío lo rechaza la ingesta, con su razón."""
        archivos = [a for a in (data if isinstance(data, list | tuple) else [data]) if a]
        if not archivos:
            raise forms.ValidationError("Elija al menos un archivo.")
        return archivos


class IngresoForm(forms.Form):
    """Qué hacer con los archivos que llegan."""

    archivos = ArchivosField(label="Archivos", help_text="PDF, imágenes (JPEG, PNG, WebP, TIFF) o texto. Puede elegir varios.")
    destino = forms.CharField(required=False, widget=forms.HiddenInput)
    tipo = forms.ChoiceField(label="Tipo de documento", required=False)
    rol = forms.ChoiceField(label="Se agregan como", choices=ROLES, required=False)
    area = forms.ModelChoiceField(
        label="Área productora", queryset=Area.objects.all(), required=False, empty_label="Sin área todavía"
    )
    acceso = forms.ChoiceField(label="Acceso", choices=[(n.clave, n.nombre) for n in NIVELES.values()], initial="interno")

    def __init__(self, *args: Any, lector: Lector, tipos: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lector = lector
        self.fields["tipo"].choices = [(t.codigo, t.nombre) for t in todos_los_tipos() if t.codigo in tipos]
        self.fields["tipo"].initial = "publicacion" if "publicacion" in tipos else None
        self._limitar_areas()
        self._limitar_acceso()
        destino = self.data.get("destino") or self.initial.get("destino")
        self.item = self._destino(destino) if destino else None
        for sobra in ("tipo", "area", "acceso") if self.item else ("rol",):
            del self.fields[sobra]

    def _limitar_areas(self) -> None:
        suyas = areas_de_captura(self.lector, [clave for clave, _ in self.fields["tipo"].choices])
        if suyas and None not in suyas:
            campo = self.fields["area"]
            campo.queryset = Area.objects.filter(pk__in=suyas)
            campo.empty_label, campo.required, campo.initial = None, True, area_propia(suyas)

    def _limitar_acceso(self) -> None:
        suyos = niveles_que_fija(self.lector) | {"interno"}
        self.fields["acceso"].choices = [(n.clave, n.nombre) for n in NIVELES.values() if n.clave in suyos]

    def _destino(self, clave: str) -> Item | None:
        item = abrir(clave, self.lector)
        if item is None or item.estado in _CONGELADOS or not puede_cambiar(self.lector, item):
            return None
        return item

    def clean(self) -> dict[str, Any]:
        """Un destino que no se puede cambiar es como si no existiera."""
        limpios = super().clean() or {}
        if limpios.get("destino") and self.item is None:
            raise forms.ValidationError("No encontramos el documento al que se agregarían. Ábralo de nuevo desde su lista.")
        return limpios


class PropuestasForm(forms.Form):
    """Lo que el archivo dice de sí, para aceptarlo o corregirlo."""

    titulo = forms.CharField(label="Título", max_length=1000)
    fecha = FechaParcialField(label="Fecha", required=False, help_text="Como 2026-11-22, 1987-03, 1987 o ca. 1987.")
    numero = forms.CharField(label="Número o folio que trae impreso", max_length=60, required=False)
