"""El motor de búsqueda de este archivo y el ámbito de cada lector."""

from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from archivo.identidad.puerta import Circulo, Lector
from archivo.indexacion.esquema import esquema
from archivo.indexacion.models import CambioIndice
from search import Budget, ClusterOptions, InvalidRequest, Scope, SearchEngine, open_engine, time_limit

_PUBLICO = frozenset({str(Circulo.TODOS)})


ESPERA_SIN_LECTOR = 10.0
"""Segundos que se espera una respuesta del motor cuando nadie la está mirando (órdenes, indizador)."""


def motor() -> SearchEngine:
    """El motor que dice ACERVO_BUSQUEDA, abierto una vez por proceso y carpeta."""
    return _abrir(settings.ACERVO_BUSQUEDA, Path(settings.ACERVO_DATOS) / "indice", opciones())


def opciones() -> ClusterOptions:
    """Lo que el operador decidió sobre un motor externo."""
    return ClusterOptions(
        prefix=settings.ACERVO_BUSQUEDA_PREFIJO,
        shards=settings.ACERVO_BUSQUEDA_FRAGMENTOS,
        patience=ESPERA_SIN_LECTOR,
        authority=settings.ACERVO_BUSQUEDA_CERTIFICADO,
    )


@lru_cache(maxsize=4)
def _abrir(nombre: str, carpeta: Path, opciones: ClusterOptions) -> SearchEngine:
    try:
        return open_engine(nombre, carpeta, esquema(), cluster=opciones)
    except InvalidRequest as error:
        raise ImproperlyConfigured(f"ACERVO_BUSQUEDA no sirve: {error}") from error


def con_plazo() -> AbstractContextManager[Budget]:
    """Lo que se pregunta dentro, junto, tarda a lo más ACERVO_BUSQUEDA_ESPERA_MS; si no, el motor se da por ausente.

    Da la cuenta de lo esperado.
    """
    return time_limit(settings.ACERVO_BUSQUEDA_ESPERA)


def ambito_de(lector: Lector) -> Scope:
    """Qué índice lee esa persona y con qué señas. Quien no tiene rol de oficina no puede nombrar más que el público."""
    revocadas = CambioIndice.objects.revocadas()
    fichas = lector.fichas()
    return Scope("all", fichas, revocadas) if fichas else Scope("pub", _PUBLICO, revocadas)


def ambito_publico() -> Scope:
    """El ámbito de cualquiera: para canales y mapas del sitio."""
    return Scope("pub", _PUBLICO, CambioIndice.objects.revocadas())
