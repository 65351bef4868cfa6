"""Puntos donde cada piso aporta a lo que se hace con el archivo entero: prepararlo, sembrarlo, preguntarle si está listo.

No importa nada, para que cualquiera pueda aportar; `archivo.operacion` los recorre.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Instrumento = Callable[[], None]
Sembrador = Callable[[Callable[[str], None]], None]
Sonda = Callable[[], dict[str, Any]]
VistaPrevia = Callable[[Any, Any, str], Any]


class NoListo(Exception):
    """Una parte del archivo no puede atender todavía; el mensaje dice cuál y qué hacer."""


@dataclass
class Aportaciones:
    """Lo aportado hasta ahora."""

    instrumentos: list[tuple[int, Instrumento]] = field(default_factory=list)
    muestra: Sembrador | None = None
    contador: Callable[[], int] | None = None
    al_dia: Callable[[], Any] | None = None
    generacion_de_indice: Callable[[], Any] | None = None
    sondas: dict[str, Sonda] = field(default_factory=dict)
    vista_previa: VistaPrevia | None = None


aportaciones = Aportaciones()


def instrumento(orden: int = 100) -> Callable[[Instrumento], Instrumento]:
    """Registra una función idempotente que deja listos los instrumentos base de su piso; `preparar` las corre por `orden`."""

    def registrar(funcion: Instrumento) -> Instrumento:
        aportaciones.instrumentos.append((orden, funcion))
        return funcion

    return registrar


def muestra(funcion: Sembrador) -> Sembrador:
    """Registra la siembra del archivo de muestra. Recibe una función a la que contar su avance."""
    aportaciones.muestra = funcion
    return funcion


def contador(funcion: Callable[[], int]) -> Callable[[], int]:
    """Registra cómo contar los elementos del archivo: si hay cero, está vacío."""
    aportaciones.contador = funcion
    return funcion


def al_dia(funcion: Callable[[], Any]) -> Callable[[], Any]:
    """Registra cómo poner el índice al día en este proceso (o esperar a quien lo hace)."""
    aportaciones.al_dia = funcion
    return funcion


def generacion_de_indice(funcion: Callable[[], Any]) -> Callable[[], Any]:
    """Registra cómo saber qué generación del índice se sirve."""
    aportaciones.generacion_de_indice = funcion
    return funcion


def vista_previa(funcion: VistaPrevia) -> VistaPrevia:
    """Registra cómo se muestra un elemento sin publicar: `(petición, elemento, cuerpo en HTML) -> respuesta`. Lo hace el portal."""
    aportaciones.vista_previa = funcion
    return funcion


def salud(nombre: str) -> Callable[[Sonda], Sonda]:
    """Registra una sonda: devuelve un detalle breve, o lanza `NoListo` con una frase."""

    def registrar(funcion: Sonda) -> Sonda:
        aportaciones.sondas[nombre] = funcion
        return funcion

    return registrar
