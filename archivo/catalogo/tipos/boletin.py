"""El boletín de prensa y sus hermanos con folio: comunicado, tarjeta informativa, invitación, versión estenográfica."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar

from django import forms

from archivo.catalogo.models.item import Item, ItemManager
from archivo.catalogo.tipos.base import CampoDeBusqueda, FichaForm, TipoDeItem
from archivo.catalogo.tipos.registro import registrar_tipo

LIMITE_DE_BALAZOS = 5
LARGO_DE_BALAZO = 200


def _en_pdf(item: Item, enlace: str) -> bytes:
    """El impreso del boletín; se resuelve al pedirlo porque los tipos se declaran mientras cargan los modelos."""
    return import_module("archivo.catalogo.impresos").boletin_en_pdf(item, enlace)


class BalazosField(forms.CharField):
    """Un balazo por renglón; hasta cinco, de hasta doscientos caracteres."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """La lista guardada, un renglón por balazo."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Renglones no vacíos."""
        renglones = value if isinstance(value, list) else str(value or "").splitlines()
        return [r.strip() for r in renglones if r.strip()]

    def validate(self, value: Any) -> None:
        """Los límites del formato impreso."""
        super().validate(value)
        if len(value) > LIMITE_DE_BALAZOS:
            raise forms.ValidationError(f"Escriba {LIMITE_DE_BALAZOS} balazos como máximo; hay {len(value)}.")
        largo = next((b for b in value if len(b) > LARGO_DE_BALAZO), None)
        if largo:
            raise forms.ValidationError(f"Acorte este balazo a {LARGO_DE_BALAZO} caracteres: «{largo[:60]}…».")


class BoletinFichaForm(FichaForm):
    """Lo propio de un boletín."""

    ejemplo: ClassVar[Mapping[str, Any]] = {"balazos": ["Hay vacunas en seis sedes"], "vocero": "Jefatura de Información"}

    balazos = BalazosField(label="Balazos", required=False, help_text="Uno por renglón; hasta cinco.")
    vocero = forms.CharField(label="Vocero o vocera", max_length=200, required=False)
    contacto_prensa = forms.CharField(
        label="Contacto de prensa",
        max_length=300,
        required=False,
        help_text="No es público después de archivar (datos personales).",
    )


class Boletin(Item):
    """Comunicación oficial a los medios, con folio por serie y año."""

    codigo_de_tipo: ClassVar[str] = "boletin"
    objects: ClassVar[ItemManager] = ItemManager(tipo="boletin")

    class Meta:
        proxy = True
        verbose_name = "boletín"
        verbose_name_plural = "boletines"


BOLETIN = registrar_tipo(
    TipoDeItem(
        codigo="boletin",
        nombre="Boletín",
        nombre_plural="Boletines",
        icono="doc-full",
        modelo=Boletin,
        ficha=BoletinFichaForm,
        plantilla="portal/tipos/boletin.html",
        mimes=frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp", "image/tiff", "text/plain"}),
        filas={
            "comunicado": "comunicado",
            "conferencia_prensa": "conferencia-prensa",
            "version_estenografica": "version-estenografica",
            "discurso": "discurso",
            "entrevista": "entrevista",
        },
        campos=(CampoDeBusqueda("serie", "Serie", lambda item: [item.serie.nombre] if item.serie else []),),
        texto_de_ficha=("balazos", "vocero"),
        se_numera=True,
        lleva_cuerpo=True,
        cita_publica=True,
        largo_de_titulo=160,
        documento=_en_pdf,
    )
)
