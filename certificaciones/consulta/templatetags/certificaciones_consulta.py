"""Cómo se escriben códigos, huellas y actos en las páginas de consulta."""

from django import template

from certificaciones.actos.puerta import codigo_en_grupos

register = template.Library()
ACTOS = {"emision": "Se expidió", "sustitucion": "Se sustituyó", "cancelacion": "Se canceló"}


@register.filter
def en_grupos(codigo: str) -> str:
    """Un código como se imprime, en grupos de cuatro."""
    return codigo_en_grupos(codigo)


@register.filter
def de_cuatro(huella: str) -> str:
    """Una huella en grupos de cuatro, para compararla a ojo."""
    return " ".join(huella[i : i + 4] for i in range(0, len(huella), 4))


@register.filter
def acto_en_palabras(evento: str) -> str:
    """Qué cuenta un asiento."""
    return ACTOS.get(evento, evento)
