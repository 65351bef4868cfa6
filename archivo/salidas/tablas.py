"""Tablas que salen: CSV por trozos y celdas que ninguna hoja de cálculo toma por fórmula (CWE-1236)."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

ACTIVOS = ("=", "+", "-", "@", "\t", "\r")
MARCA = "\ufeff"
_NUMERO = re.compile(r"[+-]?\d[\d.,]*\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class _Eco:
    """Un archivo que devuelve lo que se le escribe, para mandar el CSV por partes."""

    def write(self, renglon: str) -> str:
        """El renglón tal cual."""
        return renglon


def inofensiva(celda: Any) -> Any:
    """La celda como se escribe: un texto que empieza como fórmula lleva un apóstrofo; un número, no. None es vacío."""
    if celda is None:
        return ""
    texto = json.dumps(celda, ensure_ascii=False, default=str) if isinstance(celda, dict | list) else celda
    if not isinstance(texto, str):
        return texto
    limpio = _CONTROL.sub("", texto)
    return con_guarda(limpio)


def con_guarda(texto: str) -> str:
    """El texto con un apóstrofo delante si una hoja de cálculo lo tomaría por fórmula; `sin_guarda` devuelve el de antes.

    También lo lleva el que ya empezaba con apóstrofos y luego parece fórmula: así la vuelta es exacta.
    """
    activo = texto.lstrip("'").startswith(ACTIVOS)
    return f"'{texto}" if activo and not _NUMERO.match(texto) else texto


def sin_guarda(texto: str) -> str:
    """Un texto que vuelve de una hoja de cálculo, sin el apóstrofo que se le puso al salir."""
    return texto[1:] if texto.startswith("'") and texto.lstrip("'").startswith(ACTIVOS) else texto


def renglones_csv(filas: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Un CSV en UTF-8 con marca (así una hoja de cálculo lee los acentos), renglón por renglón."""
    escritor: Any = csv.writer(_Eco())
    marca = MARCA
    for fila in filas:
        yield marca + escritor.writerow([inofensiva(celda) for celda in fila])
        marca = ""


def en_csv(filas: Iterable[Sequence[Any]]) -> bytes:
    """El CSV entero."""
    return "".join(renglones_csv(filas)).encode()
