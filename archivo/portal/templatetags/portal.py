"""Piezas pequeñas que repiten muchas plantillas."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archivo.catalogo.puerta import NIVELES, FechaParcial, tipo_de
from archivo.portal import palabras
from archivo.portal.iconos import CLASE_DE_ACCESO, DE_ACCESO, DE_WAGTAIL, ICONOS

register = template.Library()


@register.simple_tag
def icono(nombre: str) -> SafeString:
    """El dibujo de ese nombre, callado para lectores de pantalla."""
    return format_html('<svg class="i" viewBox="0 0 16 16" aria-hidden="true"><path d="{}"/></svg>', ICONOS[nombre])


@register.simple_tag
def icono_de_tipo(codigo: str) -> SafeString:
    """El dibujo del tipo de elemento."""
    return icono(DE_WAGTAIL.get(tipo_de(codigo).icono, "documento"))


@register.simple_tag
def etiqueta_de_tipo(codigo: str) -> SafeString:
    """La etiqueta de manila con el nombre del tipo."""
    return format_html('<span class="tipo">{}{}</span>', icono_de_tipo(codigo), tipo_de(codigo).nombre)


@register.simple_tag
def etiqueta_de_acceso(nivel: str) -> SafeString:
    """El nivel de acceso, en palabras y con su dibujo."""
    clase = CLASE_DE_ACCESO.get(nivel, nivel)
    return format_html('<span class="tag tag--{}">{}{}</span>', clase, icono(DE_ACCESO[nivel]), NIVELES[nivel].nombre)


@register.filter
def en_palabras(fecha: FechaParcial) -> str:
    """Una fecha parcial, dicha."""
    return palabras.fecha_en_palabras(fecha)


@register.simple_tag
def tiempo(fecha: FechaParcial) -> SafeString | str:
    """Una fecha parcial como `<time>`, o su texto si no cabe en uno."""
    maquina = palabras.fecha_para_maquina(fecha)
    dicha = palabras.fecha_en_palabras(fecha)
    return format_html('<time datetime="{}">{}</time>', maquina, dicha) if maquina else dicha


@register.filter
def tamano(cantidad: int) -> str:
    """Bytes en palabras."""
    return palabras.tamano_en_palabras(cantidad)


@register.filter
def miles(cantidad: int) -> str:
    """Con comas de millar."""
    return palabras.miles(cantidad)


@register.filter
def marcado(segmentos: Sequence[tuple[str, bool]]) -> SafeString:
    """Trozos `(texto, encontrado)`: lo encontrado va en `<mark>`, todo escapado."""
    return format_html_join("", "{}{}{}", ((_ABRE if es else "", trozo, _CIERRA if es else "") for trozo, es in segmentos))


_ABRE, _CIERRA = SafeString("<mark>"), SafeString("</mark>")


@register.simple_tag
def plural(cantidad: int, uno: str, varios: str) -> str:
    """«1 página», «3 páginas»."""
    return f"{palabras.miles(cantidad)} {uno if cantidad == 1 else varios}"


@register.filter
def valor_de(tabla: Mapping[str, Any], clave: str) -> Any:
    """El valor de una clave que la plantilla no puede escribir."""
    return tabla.get(clave, "")
