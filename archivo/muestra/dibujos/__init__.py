"""Dibujos que hacen de fotografías en la muestra: cada semilla da otra composición de la misma escena."""

from collections.abc import Callable
from functools import lru_cache
from random import Random

from . import ciudad, plaza
from .lienzo import NOCHE, Lienzo

#: Escena → quién la dibuja y cómo se describe a quien no la ve.
ESCENAS: dict[str, tuple[Callable[[Lienzo], None], str]] = {
    "biblioteca": (plaza.biblioteca, "Dibujo de estantes llenos de libros y lectores sentados a las mesas"),
    "calle": (ciudad.calle, "Dibujo de una calle en obra, con una máquina amarilla, una cuadrilla y conos"),
    "cancha": (ciudad.cancha, "Dibujo de un partido en una cancha de barrio, con casas al fondo"),
    "clinica": (ciudad.clinica, "Dibujo de tres carpas de consulta médica y personas en espera"),
    "escuela": (ciudad.escuela, "Dibujo del patio de una escuela con alumnos formados y una bandera"),
    "feria": (plaza.feria, "Dibujo de una feria con puestos de toldos a rayas, papel picado y visitantes"),
    "foro": (plaza.foro, "Dibujo de cinco músicos en un foro iluminado, vistos desde el público"),
    "kiosco": (plaza.kiosco, "Dibujo del kiosco de una plaza entre árboles, con personas alrededor"),
    "lluvia": (ciudad.lluvia, "Dibujo de una cuadrilla con impermeables que desazolva una calle bajo la lluvia"),
    "mercado": (plaza.mercado, "Dibujo de puestos de fruta bajo la nave de un mercado, con compradores"),
    "mesa": (ciudad.mesa, "Dibujo de seis personas reunidas en una mesa, ante una pantalla con una gráfica"),
    "noche": (ciudad.noche, "Dibujo de una calle de noche, con luminarias encendidas y peatones"),
    "parque": (plaza.parque, "Dibujo de un parque con un sendero, bancas, flores y árboles"),
    "patio": (ciudad.patio, "Dibujo de un patio con arcos y mesas en las que trabajan vecinos"),
    "pozo": (plaza.pozo, "Dibujo de la torre de perforación de un pozo del que sale agua"),
    "tanque": (plaza.tanque, "Dibujo de un tanque elevado de agua y personas al pie"),
}


@lru_cache(maxsize=32)
def dibujar(escena: str, semilla: int) -> bytes:
    """JPEG de 960 × 640 de la escena. La misma semilla da los mismos bytes."""
    azar = Random(f"{escena}-{semilla}")  # noqa: S311 — composición, no secreto
    hoja = Lienzo(azar, NOCHE if escena in {"noche", "foro"} else None)
    ESCENAS[escena][0](hoja)
    return hoja.jpeg()


def describir(escena: str) -> str:
    """El texto alternativo de la escena."""
    return ESCENAS[escena][1]
