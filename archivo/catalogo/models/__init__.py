"""Los modelos del catálogo. Los tipos de elemento se descubren solos: uno por archivo de `tipos/`."""

from archivo.catalogo.models.adjunto import Adjunto
from archivo.catalogo.models.item import Item, ItemManager, ItemQuerySet
from archivo.catalogo.models.numeracion import Contador, SerieDeNumeracion
from archivo.catalogo.models.pagina import Cuerpo, Pagina
from archivo.catalogo.models.relacion import Relacion
from archivo.catalogo.models.tema import Tema
from archivo.catalogo.tipos import cargar_tipos

cargar_tipos()

__all__ = [
    "Adjunto",
    "Contador",
    "Cuerpo",
    "Item",
    "ItemManager",
    "ItemQuerySet",
    "Pagina",
    "Relacion",
    "SerieDeNumeracion",
    "Tema",
]
