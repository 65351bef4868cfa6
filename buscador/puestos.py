"""Los filtros puestos, dichos: uno por valor, salvo los años seguidos, que se quitan juntos."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from buscador import direcciones
from buscador.palabras import dichos, etiqueta_de_campo
from buscador.peticion import Peticion

ANIOS_JUNTOS = 3


@dataclass(frozen=True)
class Chip:
    """Un filtro puesto y la dirección que lo quita."""

    texto: str
    direccion: str


def chips_de(peticion: Peticion) -> list[Chip]:
    """Los filtros puestos, cada uno con la dirección que lo quita. De tres años seguidos en adelante, uno solo."""
    hechos = []
    for campo, valores in peticion.filtros.items():
        for texto, *grupo in _anios(valores) if campo == "anio" else zip(dichos(campo, valores), valores, strict=True):
            hechos.append(Chip(f"{etiqueta_de_campo(campo)}: {texto}", direcciones.sin_filtro(peticion, campo, *grupo)))
    return hechos


def _anios(valores: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """De cada tramo de años, cómo se dice y cuáles son."""
    for tramo in _tramos(valores):
        yield (tramo[0] if len(tramo) == 1 else f"{tramo[0]} a {tramo[-1]}", *tramo)


def _tramos(anios: Sequence[str]) -> Iterator[list[str]]:
    tramo: list[str] = []
    for anio in sorted(set(anios), key=int):
        if tramo and int(anio) != int(tramo[-1]) + 1:
            yield from _tramo(tramo)
            tramo = []
        tramo.append(anio)
    yield from _tramo(tramo)


def _tramo(anios: list[str]) -> list[list[str]]:
    return [anios] if len(anios) >= ANIOS_JUNTOS else [[anio] for anio in anios]
