"""El motor de búsqueda de este archivo y el ámbito de cada lector."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from archivo.identidad.puerta import Circulo, Lector
from archivo.indexacion.esquema import esquema
from archivo.indexacion.models import CambioIndice
from search import Scope, SearchEngine, open_engine

_PUBLICO = frozenset({str(Circulo.TODOS)})


def motor() -> SearchEngine:
    """El motor que dice ACERVO_BUSQUEDA, abierto una vez por proceso y carpeta."""
    return _abrir(settings.ACERVO_BUSQUEDA, Path(settings.ACERVO_DATOS) / "indice")


@lru_cache(maxsize=4)
def _abrir(nombre: str, carpeta: Path) -> SearchEngine:
    if nombre != "tantivy":
        raise ImproperlyConfigured(f"ACERVO_BUSQUEDA vale «{nombre}»; hoy el único motor es «tantivy».")
    return open_engine("tantivy", carpeta, esquema())


def ambito_de(lector: Lector) -> Scope:
    """Qué índice lee esa persona y con qué señas. Quien no tiene rol de oficina no puede nombrar más que el público."""
    revocadas = CambioIndice.objects.revocadas()
    fichas = lector.fichas()
    return Scope("all", fichas, revocadas) if fichas else Scope("pub", _PUBLICO, revocadas)


def ambito_publico() -> Scope:
    """El ámbito de cualquiera: para canales y mapas del sitio."""
    return Scope("pub", _PUBLICO, CambioIndice.objects.revocadas())
