"""La publicación oficial: gacetas, informes, leyes, manuales, folletos."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from archivo.catalogo.models.item import Item, ItemManager
from archivo.catalogo.tipos.base import CampoDeBusqueda, DeFila, FichaForm, TipoDeItem
from archivo.catalogo.tipos.campos import FechaField
from archivo.catalogo.tipos.registro import registrar_tipo

CLASES = [
    ("gaceta", "Gaceta"),
    ("informe", "Informe"),
    ("folleto", "Folleto"),
    ("libro", "Libro"),
    ("revista", "Revista"),
    ("manual", "Manual"),
    ("memoria", "Memoria"),
    ("periodico_mural", "Periódico mural"),
    ("programa", "Programa"),
    ("norma", "Ley o norma"),
    ("encuesta", "Encuesta o estudio"),
]


def _digitos(valor: str) -> str:
    return re.sub(r"[\s-]", "", valor).upper()


def isbn_correcto(valor: str) -> bool:
    """¿Cuadra el dígito de control de un ISBN de 10 o 13 cifras? (ISO 2108)."""
    cifras = _digitos(valor)
    if re.fullmatch(r"\d{13}", cifras):
        return sum(int(c) * (1 if i % 2 == 0 else 3) for i, c in enumerate(cifras)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", cifras):
        return sum((10 if c == "X" else int(c)) * (10 - i) for i, c in enumerate(cifras)) % 11 == 0
    return False


def issn_correcto(valor: str) -> bool:
    """¿Cuadra el dígito de control de un ISSN? (ISO 3297)."""
    cifras = _digitos(valor)
    if not re.fullmatch(r"\d{7}[\dX]", cifras):
        return False
    return sum((10 if c == "X" else int(c)) * (8 - i) for i, c in enumerate(cifras)) % 11 == 0


class PublicacionFichaForm(FichaForm):
    """Lo propio de una publicación oficial; de una encuesta, su ficha técnica, nunca quién contestó (LGTAIP 65-XXXVIII)."""

    ejemplo: ClassVar[Mapping[str, Any]] = {"clase": "informe", "numero": "1", "periodo": "Enero a marzo de 2026"}
    grupos: ClassVar[Mapping[str, Sequence[Sequence[str]]]] = {
        "": [("clase", "numero", "volumen"), ("periodo", "editor_responsable"), ("isbn", "issn"), ("tiraje", "formato"), ("indice",)],
        "Ficha técnica de la encuesta": [
            ("objetivo",), ("poblacion_objetivo", "muestra"), ("metodologia",), ("margen_de_error", "nivel_de_confianza"),
            ("levantamiento_desde", "levantamiento_hasta"), ("proveedor", "costo"),
        ],
    }  # fmt: skip

    clase = forms.ChoiceField(label="Clase", choices=CLASES)
    numero = forms.CharField(label="Número", max_length=60, required=False)
    volumen = forms.CharField(label="Volumen", max_length=60, required=False)
    periodo = forms.CharField(label="Periodo que abarca", max_length=120, required=False)
    editor_responsable = forms.CharField(label="Editor responsable", max_length=200, required=False)
    isbn = forms.CharField(label="ISBN", max_length=20, required=False)
    issn = forms.CharField(label="ISSN", max_length=10, required=False)
    tiraje = forms.IntegerField(label="Tiraje", min_value=1, required=False, help_text="Ejemplares impresos.")
    formato = forms.CharField(label="Formato", max_length=120, required=False)
    indice = forms.CharField(label="Índice", widget=forms.Textarea, required=False, help_text="Se busca como el texto.")

    objetivo = forms.CharField(label="Objetivo", widget=forms.Textarea, max_length=2000, required=False)
    poblacion_objetivo = forms.CharField(label="Población que se estudia", max_length=300, required=False)
    muestra = forms.CharField(label="Muestra", max_length=300, required=False, help_text="Cuántas personas y cómo se eligieron.")
    metodologia = forms.CharField(label="Metodología", widget=forms.Textarea, max_length=4000, required=False)
    margen_de_error = forms.CharField(label="Margen de error", max_length=60, required=False)
    nivel_de_confianza = forms.CharField(label="Nivel de confianza", max_length=60, required=False)
    levantamiento_desde = FechaField(label="Se levantó desde", required=False)
    levantamiento_hasta = FechaField(label="hasta", required=False)
    proveedor = forms.CharField(label="Quién la levantó", max_length=200, required=False)
    costo = forms.DecimalField(label="Costo (pesos)", min_value=0, max_digits=14, decimal_places=2, required=False)

    def clean(self) -> dict[str, Any]:
        """Una encuesta lleva su ficha técnica; el levantamiento termina después de empezar."""
        limpios = super().clean() or {}
        if limpios.get("clase") == "encuesta":
            for campo in ("objetivo", "poblacion_objetivo", "muestra", "metodologia"):
                if not limpios.get(campo) and campo not in self.errors:
                    self.add_error(campo, "Una encuesta se publica con su ficha técnica: escriba este dato.")
        desde, hasta = limpios.get("levantamiento_desde"), limpios.get("levantamiento_hasta")
        if desde and hasta and hasta < desde:
            self.add_error("levantamiento_hasta", "El levantamiento no puede terminar antes de empezar.")
        return limpios

    def clean_isbn(self) -> str:
        """El dígito de control debe cuadrar."""
        valor = self.cleaned_data["isbn"]
        if valor and not isbn_correcto(valor):
            raise forms.ValidationError(
                "El dígito de control no cuadra. Escriba el ISBN como en la hoja legal, por ejemplo 978-607-30-1234-5."
            )
        return valor

    def clean_issn(self) -> str:
        """El dígito de control debe cuadrar."""
        valor = self.cleaned_data["issn"]
        if valor and not issn_correcto(valor):
            raise forms.ValidationError("El dígito de control no cuadra. Escriba el ISSN con ocho cifras, por ejemplo 0185-1101.")
        return valor


class PublicacionOficial(Item):
    """Publicación producida por la institución, con sus páginas."""

    codigo_de_tipo: ClassVar[str] = "publicacion"
    objects: ClassVar[ItemManager] = ItemManager(tipo="publicacion")

    class Meta:
        proxy = True
        verbose_name = "publicación oficial"
        verbose_name_plural = "publicaciones oficiales"


_NORMAS = ("ley", "decreto_ley", "constitucion")


def _leer_fila(datos: Mapping[str, Any]) -> DeFila:
    """De una fila importada: su clase, si el tipo de fila la dice, y su resumen."""
    ficha = {"clase": "norma"} if datos["tipo"] in _NORMAS else {}
    return DeFila(ficha, str(datos["extra"].get("resumen") or ""))


PUBLICACION = registrar_tipo(
    TipoDeItem(
        codigo="publicacion",
        nombre="Publicación oficial",
        nombre_plural="Publicaciones oficiales",
        icono="doc-empty",
        modelo=PublicacionOficial,
        ficha=PublicacionFichaForm,
        plantilla="portal/tipos/publicacion.html",
        mimes=frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp", "image/tiff", "text/plain"}),
        filas={**dict.fromkeys(_NORMAS, ""), "publicacion_oficial": ""},
        leer_fila=_leer_fila,
        repite=("editor_responsable", "formato"),
        campos=(
            CampoDeBusqueda(
                "clase", "Clase", lambda item: [dict(CLASES)[c]] if (c := item.ficha.get("clase")) in dict(CLASES) else []
            ),
        ),
        texto_de_ficha=("objetivo", "metodologia", "muestra", "indice", "periodo", "editor_responsable", "isbn", "issn"),
        lleva_cuerpo=True,
        cita_publica=True,
    )
)
