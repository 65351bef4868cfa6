"""Cómo se dicen, en una página de la memoria, los momentos y meses congelados (ISO 8601) y los miles."""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format

register = template.Library()
_DIA = r"j \d\e F \d\e Y"


@register.filter
def momento_dicho(iso: str) -> str:
    """«15 de enero de 2026, 18:00»."""
    return date_format(datetime.fromisoformat(iso), f"{_DIA}, H:i")


@register.filter
def dia_dicho(iso: str) -> str:
    """«15 de enero de 2026»."""
    return date_format(date.fromisoformat(iso[:10]), _DIA)


@register.filter
def mes_dicho(mes: str) -> str:
    """«enero de 2026», de `2026-01`."""
    return date_format(date.fromisoformat(f"{mes}-01"), r"F \d\e Y").lower()


@register.filter
def con_miles(numero: int) -> str:
    """`12,345`."""
    return f"{numero:,}"
