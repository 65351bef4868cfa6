"""La campaña: mensajes con un objetivo, un periodo y unos medios; en veda electoral se suspende, salvo las excepciones."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from archivo.catalogo.models.item import Item, ItemManager
from archivo.catalogo.relaciones import ClaseDeRelacion
from archivo.catalogo.tipos.base import FichaForm, TipoDeItem, ficha_completa
from archivo.catalogo.tipos.campos import FechaField, RenglonesField, opciones
from archivo.catalogo.tipos.registro import registrar_tipo
from archivo.identidad.puerta import Paso

EXCEPCIONES = [("salud", "Salud"), ("educacion", "Educación"), ("proteccion_civil", "Protección civil")]
"""Las que la Constitución exceptúa de la veda (art. 41, base III, apartado C; LGCS art. 21)."""


class CampaniaFichaForm(FichaForm):
    """Lo propio de una campaña."""

    ejemplo: ClassVar[Mapping[str, Any]] = {
        "objetivo": "Que cada familia sepa dónde vacunarse.",
        "desde": "2026-10-01",
        "hasta": "2026-12-15",
    }
    grupos: ClassVar[Mapping[str, Sequence[Sequence[str]]]] = {
        "": [("objetivo",), ("poblacion",), ("desde", "hasta"), ("medios",)],
        "Reglas": [("otorga_subsidio",), ("excepcion_veda",)],
        "Gasto": [("costo", "contrato"), ("proveedor",)],
    }

    objetivo = forms.CharField(label="Objetivo", widget=forms.Textarea, max_length=2000)
    poblacion = forms.CharField(label="Población a la que se dirige", max_length=300, required=False)
    desde = FechaField(label="Empieza")
    hasta = FechaField(label="Termina", required=False)
    medios = RenglonesField(label="Medios en que se difunde", required=False, help_text="Uno por renglón.")
    otorga_subsidio = forms.BooleanField(
        label="El programa otorga un subsidio", required=False, help_text="Su material debe llevar la leyenda de la LGCS art. 11."
    )
    excepcion_veda = forms.ChoiceField(label="Excepción a la veda electoral", choices=opciones(EXCEPCIONES), required=False)
    costo = forms.DecimalField(label="Costo (pesos)", min_value=0, max_digits=14, decimal_places=2, required=False)
    contrato = forms.CharField(label="Contrato", max_length=120, required=False)
    proveedor = forms.CharField(label="Proveedor", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Termina el día en que empieza o después."""
        limpios = super().clean() or {}
        desde, hasta = limpios.get("desde"), limpios.get("hasta")
        if desde and hasta and hasta < desde:
            self.add_error("hasta", "La campaña no puede terminar antes de empezar.")
        return limpios


class Campania(Item):
    """Una campaña de comunicación social."""

    codigo_de_tipo: ClassVar[str] = "campania"
    objects: ClassVar[ItemManager] = ItemManager(tipo="campania")

    class Meta:
        proxy = True
        verbose_name = "campaña"
        verbose_name_plural = "campañas"


def _guardia(item: Item, paso: Paso) -> str:
    return ficha_completa(CampaniaFichaForm, item) if paso.accion == "autorizar" else ""


CAMPANIA = registrar_tipo(
    TipoDeItem(
        codigo="campania",
        nombre="Campaña",
        nombre_plural="Campañas",
        icono="comment",
        modelo=Campania,
        ficha=CampaniaFichaForm,
        plantilla="portal/tipos/campania.html",
        texto_de_ficha=("objetivo", "poblacion", "medios", "proveedor", "contrato"),
        resena=lambda item: [str(m) for m in item.ficha.get("medios", [])[:3]],
        relaciones=(
            ClaseDeRelacion(
                "de_campania",
                "De la campaña",
                "Materiales de la campaña",
                frozenset({"audiovisual", "impreso", "boletin", "publicacion", "evento", "documento", "recorte"}),
                frozenset({"campania"}),
                cambia_el_acceso=True,
            ),
        ),
        lleva_cuerpo=True,
        basta_la_ficha=True,
        guardia=_guardia,
        faltas=lambda item, **_: [] if item.ficha.get("desde") else ["inicio"],
        promocional=True,
        admite_futuro=True,
        serie_sugerida="campanas",
    )
)
