"""Lo que se pregunta: palabras por lo comunes que son, frases tomadas de documentos, comienzos y consultas con filtros."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from random import Random

from benchmarks.busqueda.corpus import PUBLICO, TIPOS, Lengua, documentos
from search.analysis import fold, is_stop_word

MUESTRA = 12_000  # documentos de los que se toma cuán común es cada palabra
POR_FILA = 60
PALABRA = re.compile(r"[a-záéíóúüñ]+")


@dataclass(frozen=True)
class Pregunta:
    """Una pregunta de cualquier fila; lo que una fila no usa queda vacío."""

    texto: str = ""
    tipo: str = ""
    anios: tuple[int, int] = (0, 0)
    desde: int = 0
    clave: str = ""


@dataclass(frozen=True)
class Preguntas:
    """Por clase."""

    frecuentes: list[Pregunta]
    medias: list[Pregunta]
    raras: list[Pregunta]
    de_dos: list[Pregunta]
    de_tres: list[Pregunta]
    frases: list[Pregunta]
    filtradas: list[Pregunta]
    comienzos: list[Pregunta]


def preguntar(lengua: Lengua) -> Preguntas:
    """Las mismas siempre: salen de los primeros documentos, de los públicos las que deben hallar algo."""
    azar, veces, textos = Random(11), Counter[str](), list[list[str]]()
    for documento in documentos(lengua, 0, MUESTRA):
        palabras = PALABRA.findall(documento.parts[0].text.lower())
        veces.update({palabra for palabra in palabras if len(palabra) > 3})
        if documento.acl == PUBLICO and len(textos) < 3_000:
            textos.append(palabras)
    vacias = {palabra for palabra, _ in veces.most_common(150)} | {palabra for palabra in veces if is_stop_word(fold(palabra))}
    frecuentes, medias, raras = (_clase(azar, veces, vacias, corte) for corte in ((0.05, 0.25), (0.005, 0.02), (0.0002, 0.0008)))
    comunes = {palabra for palabra, cuantas in veces.items() if 0.003 <= cuantas / MUESTRA < 0.06} - vacias
    dos, tres = _juntas(azar, textos, comunes)
    frases = [Pregunta(f'"{" ".join(palabras)}"') for palabras in _seguidas(azar, textos, comunes)]
    comienzos = [Pregunta(fold(azar.choice(sorted(comunes)))[: azar.choice((3, 4, 5))]) for _ in range(POR_FILA)]
    filtradas = [_filtrada(azar, [*frecuentes, *medias]) for _ in range(POR_FILA)]
    return Preguntas(frecuentes, medias, raras, dos, tres, frases, filtradas, comienzos)


def _clase(azar: Random, veces: Counter[str], vacias: set[str], corte: tuple[float, float]) -> list[Pregunta]:
    suyas = sorted(p for p, cuantas in veces.items() if corte[0] <= cuantas / MUESTRA < corte[1] and p not in vacias)
    return [Pregunta(palabra) for palabra in azar.sample(suyas, min(POR_FILA, len(suyas)))]


def _juntas(azar: Random, textos: list[list[str]], comunes: set[str]) -> tuple[list[Pregunta], list[Pregunta]]:
    """Dos y tres palabras que están en un mismo documento."""
    dos, tres = list[Pregunta](), list[Pregunta]()
    while len(dos) < POR_FILA:
        suyas = sorted(comunes.intersection(azar.choice(textos)))
        if len(suyas) >= 3:
            elegidas = azar.sample(suyas, 3)
            dos.append(Pregunta(" ".join(elegidas[:2])))
            tres.append(Pregunta(" ".join(elegidas)))
    return dos, tres


def _seguidas(azar: Random, textos: list[list[str]], comunes: set[str]) -> list[list[str]]:
    halladas: list[list[str]] = []
    while len(halladas) < POR_FILA:
        palabras = azar.choice(textos)
        lugar = azar.randrange(max(1, len(palabras) - 3))
        seguidas = palabras[lugar : lugar + azar.choice((2, 3))]
        if len(set(seguidas)) == len(seguidas) > 1 < min(map(len, seguidas)) and comunes.intersection(seguidas):
            halladas.append(seguidas)
    return halladas


def _filtrada(azar: Random, palabras: list[Pregunta]) -> Pregunta:
    desde = azar.randrange(1985, 2016)
    return Pregunta(azar.choice(palabras).texto, azar.choice(TIPOS[:4]), (desde, desde + azar.randrange(3, 16)))
