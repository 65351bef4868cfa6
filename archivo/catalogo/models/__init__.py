"""Los modelos del catálogo. Los tipos de elemento se descubren solos: uno por archivo de `tipos/`."""

from archivo.catalogo.models.adjunto import Adjunto
from archivo.catalogo.models.autoridad import (
    Autoridad,
    AutoridadManager,
    Lugar,
    Medio,
    NombreDeAutoridad,
    Organismo,
    Persona,
    RelacionDeAutoridad,
)
from archivo.catalogo.models.item import Item, ItemManager, ItemQuerySet
from archivo.catalogo.models.mencion import Mencion
from archivo.catalogo.models.numeracion import Contador, SerieDeNumeracion
from archivo.catalogo.models.pagina import Cuerpo, Pagina
from archivo.catalogo.models.relacion import Relacion
from archivo.catalogo.models.tema import Tema
from archivo.catalogo.tipos import cargar_tipos

cargar_tipos()

__all__ = [
    "Adjunto",
    "Autoridad",
    "AutoridadManager",
    "Contador",
    "Cuerpo",
    "Item",
    "ItemManager",
    "ItemQuerySet",
    "Lugar",
    "Medio",
    "Mencion",
    "NombreDeAutoridad",
    "Organismo",
    "Pagina",
    "Persona",
    "Relacion",
    "RelacionDeAutoridad",
    "SerieDeNumeracion",
    "Tema",
]
