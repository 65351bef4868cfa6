"""Piezas pequeñas que repiten muchas plantillas."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archivo.catalogo.puerta import NIVELES, FechaParcial, Item, tipo_de
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


@register.simple_tag
def rotulo_de_ficha(item: Item, campo: str) -> str:
    """Cómo se dice el valor de una lista de la ficha: «primera_plana» es «Primera plana»."""
    valor = item.ficha.get(campo, "")
    for declarado in tipo_de(item.tipo).campos:
        if declarado.nombre == campo and declarado.rotulo is not str:
            return declarado.rotulo(valor)
    opciones = dict(getattr(tipo_de(item.tipo).ficha.base_fields[campo], "choices", ()))
    return str(opciones.get(valor, valor)) if valor else ""


@register.simple_tag
def resena_de(item: Item) -> list[str]:
    """Los datos que acompañan al título de un elemento, si son públicos con su ficha."""
    tipo = tipo_de(item.tipo)
    puede = tipo.cita_publica or item.acceso_efectivo != "restringido_derechos"
    return list(tipo.resena(item)) if tipo.resena and puede else []


@register.filter
def dia(valor: str | date) -> str:
    """Un día guardado como `2026-11-20`, en palabras."""
    return palabras.dia_en_palabras(valor if isinstance(valor, date) else date.fromisoformat(valor[:10]))


@register.filter
def momento(valor: str) -> str:
    """«20 de noviembre de 2026, a las 10:00 h» de `2026-11-20T10:00`."""
    hora = datetime.fromisoformat(valor)
    return f"{palabras.dia_en_palabras(hora.date())}, a las {hora:%H:%M} h"


@register.filter
def momento_final(valor: str, inicio: str) -> str:
    """El final de lo que empezó en `inicio`: sólo la hora, si es el mismo día."""
    mismo = valor[:10] == inicio[:10]
    return f"las {datetime.fromisoformat(valor):%H:%M} h" if mismo else f"el {momento(valor)}"


_TIEMPO = re.compile(r"((?:\d{1,2}:)?\d{1,2}:\d{2})\s+")


@register.simple_tag
def transcripcion(texto: str) -> SafeString:
    """Una transcripción renglón por renglón; el que empieza con su tiempo lo lleva aparte."""
    renglones = []
    for renglon in filter(None, map(str.strip, texto.splitlines())):
        tiempo = _TIEMPO.match(renglon)
        renglones.append((tiempo[1] if tiempo else "", renglon[tiempo.end() :] if tiempo else renglon))
    return format_html('<ol class="dicho mt2">{}</ol>', format_html_join("", "<li><b>{}</b><p>{}</p></li>", renglones))
