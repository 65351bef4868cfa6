"""La puerta de la oficina: lo que sus pantallas guardan, y cómo pone sus entradas en el menú un módulo de arriba."""

from archivo.oficina.entradas import es_de_oficina, poner_en_el_menu, quien_ejerce
from archivo.oficina.models import EnvioDeCaptura, PlantillaDeCaptura, VistaGuardada
from archivo.oficina.vistas.comunes import sin_buscador

__all__ = [
    "EnvioDeCaptura",
    "PlantillaDeCaptura",
    "VistaGuardada",
    "es_de_oficina",
    "poner_en_el_menu",
    "quien_ejerce",
    "sin_buscador",
]
