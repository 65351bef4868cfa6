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
from archivo.catalogo.models.cambio_en_lote import CambioEnLote, RenglonDeLote
from archivo.catalogo.models.derechos import Consentimiento
from archivo.catalogo.models.fusion import Fusion, PosibleDuplicado
from archivo.catalogo.models.item import Item, ItemManager, ItemQuerySet
from archivo.catalogo.models.mencion import Mencion
from archivo.catalogo.models.nombrada import PersonaNombrada
from archivo.catalogo.models.numeracion import Contador, SerieDeNumeracion
from archivo.catalogo.models.pagina import Cuerpo, Pagina
from archivo.catalogo.models.palabra import PalabraDeAutoridad
from archivo.catalogo.models.relacion import Relacion
from archivo.catalogo.models.rotulo import Rotulo
from archivo.catalogo.models.tema import EtiquetaDeTema, RelacionDeTema, Tema
from archivo.catalogo.models.veda import PeriodoVeda
from archivo.catalogo.tipos import cargar_tipos

cargar_tipos()

__all__ = [
    "Adjunto",
    "Autoridad",
    "AutoridadManager",
    "CambioEnLote",
    "Consentimiento",
    "Contador",
    "Cuerpo",
    "EtiquetaDeTema",
    "Fusion",
    "Item",
    "ItemManager",
    "ItemQuerySet",
    "Lugar",
    "Medio",
    "Mencion",
    "NombreDeAutoridad",
    "Organismo",
    "Pagina",
    "PalabraDeAutoridad",
    "PeriodoVeda",
    "Persona",
    "PersonaNombrada",
    "PosibleDuplicado",
    "Relacion",
    "RelacionDeAutoridad",
    "RelacionDeTema",
    "RenglonDeLote",
    "Rotulo",
    "SerieDeNumeracion",
    "Tema",
]
