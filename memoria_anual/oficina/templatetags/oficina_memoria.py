"""Cómo se dicen las metas en las plantillas de la oficina."""

from django import template

from memoria_anual.oficina.vistas.metas import NOMBRES_DE_SEMAFORO

register = template.Library()


@register.filter
def semaforo(color: str) -> str:
    """El color del semáforo en palabras: nunca se dice sólo con color."""
    return NOMBRES_DE_SEMAFORO.get(color, color).lower()
