"""Las direcciones de las pantallas de cada tipo."""

from typing import Any

from django.urls import reverse

from archivo.catalogo.puerta import Item


def direccion(modelo: type[Item], nombre: str, *args: Any) -> str:
    """La dirección de una pantalla (`list`, `add`, `edit`, `inspect`, `history`, `paso`…) de un tipo."""
    return reverse(f"wagtailsnippets_{modelo._meta.app_label}_{modelo._meta.model_name}:{nombre}", args=args)
