"""En qué se puede sacar una lista."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from archivo.salidas import renglones_csv
from buscador.exportacion.citas import en_bibtex, en_ris
from buscador.exportacion.filas import COLUMNAS, Registro
from buscador.exportacion.hoja import en_xlsx

type Escritor = Callable[[Iterable[Registro]], Iterator[str] | Iterator[bytes]]


@dataclass(frozen=True)
class Formato:
    """Un formato: cómo se dice, qué archivo da y cómo se escribe, por trozos."""

    nombre: str
    extension: str
    mime: str
    escribir: Escritor


def _csv(registros: Iterable[Registro]) -> Iterator[str]:
    return renglones_csv(chain([list(COLUMNAS.values())], (r.celdas() for r in registros)))


def _xlsx(registros: Iterable[Registro]) -> Iterator[bytes]:
    return en_xlsx(list(COLUMNAS.values()), (r.celdas() for r in registros))


def _jsonl(registros: Iterable[Registro]) -> Iterator[str]:
    return (json.dumps(r.como_dict(), ensure_ascii=False) + "\n" for r in registros)


FORMATOS = {
    "csv": Formato("CSV", "csv", "text/csv; charset=utf-8", _csv),
    "xlsx": Formato("Hoja de cálculo", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "jsonl": Formato("JSON Lines", "jsonl", "application/jsonl; charset=utf-8", _jsonl),
    "bibtex": Formato("BibTeX", "bib", "application/x-bibtex; charset=utf-8", en_bibtex),
    "ris": Formato("RIS", "ris", "application/x-research-info-systems; charset=utf-8", en_ris),
}
