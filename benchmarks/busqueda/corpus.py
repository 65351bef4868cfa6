"""Un archivo inventado de cualquier tamaño, siempre el mismo: oraciones verdaderas y palabras sacadas al azar con su frecuencia verdadera.

Media de 250 palabras por documento (lognormal, de 20 a 2,500): la mitad, oraciones enteras; la otra mitad, palabras sueltas por su
frecuencia, con 400 temas que la corren; tres de cada diez llevan errores de lectura de máquina. Cada bloque se genera
por sí solo, así que cualquier documento se vuelve a tener sin guardar los textos.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from random import Random

from search import Document, Integer, Keyword, Part, QueryFields, Schema

SEMILLA = 7
BLOQUE = 50
MUESTRA = 12_000_000  # letras que se leen de cada archivo de la colección
PALABRAS_POR_PAGINA = 300
PUBLICO = frozenset({"p"})
GRUPOS = tuple(f"g:{numero:02d}" for numero in range(12))
TIPOS = ("boletin", "recorte", "audiovisual", "publicacion", "fotografia", "discurso", "acuerdo", "convenio")
ESQUEMA = Schema(
    [
        Keyword("tipo"),
        Keyword("area", label_searchable=True),
        Keyword("temas"),
        Keyword("medio", label_searchable=True),
        Keyword("serie"),
        Integer("anio"),
        Integer("mes"),
    ]
)
CAMPOS = QueryFields(ESQUEMA, {"año": "anio", "título": "title", "fecha": "date"})
_PALABRA = re.compile(r"[a-záéíóúüñ]{1,22}")
_FIN = re.compile(r"(?<=[.?!:;])\s+(?=[A-ZÁÉÍÓÚÑ¿¡\"«])|\n+")
_SIN_TILDE = str.maketrans("áéíóúñ", "aeioun")


@dataclass(frozen=True)
class Lengua:
    """De dónde salen los textos: oraciones con su largo, y palabras de la más frecuente a la menos con su frecuencia acumulada."""

    oraciones: list[tuple[str, int]]
    palabras: list[str]
    acumulada: list[int]
    temas: list[list[str]]


@lru_cache(maxsize=1)
def leer_lengua(datos: Path) -> Lengua:
    """La lengua de los textos verdaderos de una colección."""
    oraciones: dict[str, int] = {}
    veces: Counter[str] = Counter()
    for texto in _textos(datos):
        veces.update(_PALABRA.findall(texto.lower()))
        for oracion in _FIN.split(texto):
            largo = oracion.count(" ") + 1
            if 5 <= largo <= 80 and sum(map(str.isalpha, oracion)) >= 0.7 * len(oracion):
                oraciones[oracion] = largo
    palabras = sorted(veces, key=lambda palabra: (-veces[palabra], palabra))
    azar = Random(SEMILLA)
    propias = palabras[300:40_000]
    temas = [azar.choices(propias, k=300) for _ in range(400)]
    return Lengua(list(oraciones.items()), palabras, list(accumulate(veces[palabra] for palabra in palabras)), temas)


def _textos(datos: Path) -> Iterator[str]:
    for ruta in sorted((datos / "texto").glob("*.jsonl.gz")):
        leidas = 0
        with gzip.open(ruta, "rt") as archivo:
            for linea in archivo:
                texto = json.loads(linea)["texto"] or ""
                leidas += len(texto)
                yield " ".join(texto.split(" "))
                if leidas > MUESTRA:
                    break


def _zipf(cuantos: int, exponente: float) -> list[float]:
    return list(accumulate(1 / puesto**exponente for puesto in range(1, cuantos + 1)))


_DE_TEMA, _DE_AREA, _DE_MEDIO, _DE_SERIE = _zipf(400, 0.8), _zipf(60, 0.9), _zipf(200, 1.0), _zipf(1500, 0.8)
_DE_TIPO = list(accumulate((28, 38, 6, 12, 7, 4, 3, 2)))
_DE_ANIO = list(accumulate(2.718281828 ** ((anio - 1960) / 22) for anio in range(1960, 2027)))


def documentos(lengua: Lengua, desde: int, hasta: int) -> Iterator[Document]:
    """Los documentos de esos números, `desde` incluido (el primero es 0), en orden."""
    for bloque in range(desde // BLOQUE, -(-hasta // BLOQUE)):
        azar = Random(f"{SEMILLA}:{bloque}")
        for numero in range(bloque * BLOQUE, min(hasta, (bloque + 1) * BLOQUE)):
            documento = _documento(lengua, azar, numero)
            if numero >= desde:
                yield documento


def _documento(lengua: Lengua, azar: Random, numero: int) -> Document:
    temas = list(dict.fromkeys(azar.choices(range(400), cum_weights=_DE_TEMA, k=azar.randrange(1, 5))))
    propias = lengua.temas[min(temas)]
    largo = min(2500, max(20, int(azar.lognormvariate(5.36, 0.55))))
    sueltas = azar.choices(lengua.palabras, cum_weights=lengua.acumulada, k=largo // 2)
    for lugar in range(int(len(sueltas) * 0.15)):
        sueltas[lugar * 6] = azar.choice(propias)
    titulo = [*azar.choices(propias, k=4), *sueltas[:4]]
    azar.shuffle(titulo)
    dia = date(azar.choices(range(1960, 2027), cum_weights=_DE_ANIO)[0], 1, 1) + timedelta(azar.randrange(365))
    return Document(
        key=f"e{numero}",
        version=1,
        acl=PUBLICO if azar.random() < 0.85 else frozenset({azar.choice(GRUPOS)}),
        title=" ".join(titulo).capitalize(),
        order=numero + 1,
        parts=tuple(Part(pagina, texto) for pagina, texto in enumerate(_paginas(lengua, azar, sueltas, largo), 1)),
        keywords=_rasgos(azar, temas),
        integers={"anio": (dia.year,), "mes": (dia.year * 12 + dia.month - 1,)},
        date_from=dia,
        date_to=dia,
    )


def _rasgos(azar: Random, temas: list[int]) -> dict[str, tuple[str, ...]]:
    return {
        "tipo": (azar.choices(TIPOS, cum_weights=_DE_TIPO)[0],),
        "area": (f"area-{azar.choices(range(60), cum_weights=_DE_AREA)[0]:02d}",),
        "temas": tuple(f"tema-{tema:03d}" for tema in temas),
        "medio": (f"medio-{azar.choices(range(200), cum_weights=_DE_MEDIO)[0]:03d}",),
        "serie": (f"serie-{azar.choices(range(1500), cum_weights=_DE_SERIE)[0]:04d}",),
    }


def _paginas(lengua: Lengua, azar: Random, sueltas: list[str], largo: int) -> list[str]:
    """Oraciones y palabras sueltas por turno, en páginas de unas 300 palabras."""
    paginas: list[list[str]] = [[]]
    faltan, usadas, en_pagina = largo - len(sueltas), 0, 0
    while faltan > 0 or usadas < len(sueltas):
        if en_pagina >= PALABRAS_POR_PAGINA:
            paginas.append([])
            en_pagina = 0
        if faltan > 0:
            oracion, suyas = azar.choice(lengua.oraciones)
            paginas[-1].append(oracion)
            faltan -= suyas
            en_pagina += suyas
        tramo = sueltas[usadas : usadas + 4 + int(azar.random() * 18)]
        if tramo:
            paginas[-1].append(" ".join(tramo).capitalize() + ".")
            usadas += len(tramo)
            en_pagina += len(tramo)
    con_errores = azar.random() < 0.3
    textos = [" ".join(pagina) for pagina in paginas]
    return [_mal_leido(azar, texto) for texto in textos] if con_errores else textos


def _mal_leido(azar: Random, texto: str) -> str:
    palabras = texto.split(" ")
    for _ in range(max(1, len(palabras) // 50)):
        cual = azar.randrange(len(palabras))
        palabra = palabras[cual]
        if len(palabra) > 3:
            letra = azar.randrange(len(palabra))
            formas = (palabra.translate(_SIN_TILDE), palabra[:letra] + azar.choice("etaoinlr1lI0") + palabra[letra + 1 :])
            palabras[cual] = azar.choice((*formas, palabra[:letra] + palabra[letra + 1 :], palabra.replace("m", "rn")))
    return " ".join(palabras)


def letras(documento: Document) -> int:
    """Bytes del texto de un documento."""
    return len(documento.title.encode()) + sum(len(parte.text.encode()) for parte in documento.parts)


def sumar(huella: hashlib._Hash, documento: Document) -> None:
    """Añade un documento a la huella del archivo."""
    huella.update(repr((documento.key, documento.title, documento.date_from, sorted(documento.acl))).encode())
    huella.update(repr(documento.keywords).encode())
    for parte in documento.parts:
        huella.update(parte.text.encode())
