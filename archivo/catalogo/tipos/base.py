"""Qué declara un tipo de elemento. Nada más: si el comportamiento difiere, es otro concepto."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from archivo.catalogo.models.item import Item


class FichaForm(forms.Form):
    """La ficha de un tipo: sus campos propios. Se guarda como JSON con los valores que `cleaned_data` da."""

    def como_json(self) -> dict[str, Any]:
        """Los valores limpios, sin vacíos."""
        return {clave: valor for clave, valor in self.cleaned_data.items() if valor not in (None, "", [])}


@dataclass(frozen=True)
class CampoDeBusqueda:
    """Un campo de la ficha que se busca, filtra y cuenta. `valores` da textos tal como se muestran."""

    nombre: str
    etiqueta: str
    valores: Callable[["Item"], Sequence[str]]


@dataclass(frozen=True)
class TipoDeItem:
    """La declaración de un tipo.

    `filas`: tipo de fila de importación → clave de la serie de numeración («» si no lleva).
    `largo_de_titulo`: máximo al capturar; lo que llega importado conserva el suyo.
    `texto_de_ficha`: campos de la ficha que entran al texto que se busca.
    `documento`: compone el PDF propio del tipo (bytes), o None si no tiene.
    """

    codigo: str
    nombre: str
    nombre_plural: str
    icono: str
    modelo: type["Item"]
    ficha: type[FichaForm]
    plantilla: str
    mimes: frozenset[str]
    filas: Mapping[str, str] = field(default_factory=dict)
    campos: tuple[CampoDeBusqueda, ...] = ()
    texto_de_ficha: tuple[str, ...] = ()
    estado_publico: str = "publicado"
    se_numera: bool = False
    lleva_cuerpo: bool = False
    largo_de_titulo: int = 1000
    documento: Callable[["Item", str], bytes] | None = None
