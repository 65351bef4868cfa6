"""Recorrer el archivo con un motor que falla cuando se le dice: qué direcciones le preguntan y qué contestan entonces."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.urls import URLPattern, URLResolver, get_resolver

from search import EngineAbsent, Health, SearchEngine

LECTURAS = ("search", "pages", "suggest", "correct", "similar", "applied_seq", "verify", "inventory", "export", "health")
EN_TANDAS = ("export", "inventory")


def nunca(n: int) -> bool:
    """Ninguna pregunta falla."""
    return False


def siempre(n: int) -> bool:
    """Fallan todas."""
    return True


def solo(cual: int) -> Callable[[int], bool]:
    """Falla esa pregunta (la primera es 0) y las demás no."""
    return lambda n: n == cual


@dataclass
class MotorQueFalla:
    """El motor de verdad, que anota lo que se le pregunta y deja de contestar las preguntas que se diga.

    Lo que entrega por tandas falla tras la primera: es como se corta una lista a la mitad.
    """

    de_verdad: SearchEngine
    falla: Callable[[int], bool] = nunca
    preguntas: list[str] = field(default_factory=list)

    def __getattr__(self, nombre: str) -> Any:
        hecho = getattr(self.de_verdad, nombre)
        if nombre not in LECTURAS:
            return hecho

        def preguntar(*args: Any, **kwargs: Any) -> Any:
            lugar = len(self.preguntas)
            self.preguntas.append(nombre)
            if not self.falla(lugar):
                return hecho(*args, **kwargs)
            if nombre in EN_TANDAS:
                return _cortada(hecho(*args, **kwargs))
            if nombre == "health":
                return Health("ausente", "", {"all": 0, "pub": 0}, {"all": 0, "pub": 0}, 0, 0, "No contesta.", rebuild=False)
            raise EngineAbsent("No contesta.")

        return preguntar

    def con_falla(self, falla: Callable[[int], bool]) -> None:
        """Desde ahora fallan ésas, contando desde cero."""
        self.falla, self.preguntas = falla, []


def _cortada(tandas: Iterator[Any]) -> Iterator[Any]:
    yield from (t for t, _ in zip(tandas, range(1), strict=False))
    raise EngineAbsent("Se cortó a la mitad.")


def patrones(dentro: Any = None, espacio: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Cada dirección del archivo, con su nombre completo; vacío si no tiene."""
    for patron in get_resolver().url_patterns if dentro is None else dentro:
        if isinstance(patron, URLResolver):
            yield from patrones(patron.url_patterns, (*espacio, patron.namespace) if patron.namespace else espacio)
        else:
            yield ":".join((*espacio, patron.name)) if patron.name else "", patron


def vista_de(patron: URLPattern) -> str:
    """El nombre de su vista, desde el paquete donde está escrita."""
    vista = getattr(patron.callback, "view_class", patron.callback)
    return f"{vista.__module__}.{vista.__qualname__}"


def pedir(navegador: Any, direccion: str) -> Any:
    """La respuesta entera, sin frenos de otra petición."""
    cache.clear()
    respuesta = navegador.get(direccion)
    respuesta.texto = b"".join(respuesta) if respuesta.streaming else respuesta.content
    return respuesta
