"""El segundo lector de PDF (pypdf): otra cuenta de páginas, otra lectura de una muestra y las acciones que trae.

Dos lectores independientes que no ven lo mismo son la señal de un archivo dañado o hecho para engañar. Corre en el proceso
aislado.
"""

import logging
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

PAGINAS_CON_ANOTACIONES = 200
ACCIONES = frozenset({"/Launch", "/JavaScript", "/SubmitForm", "/ImportData"})


class _Contador(logging.Handler):
    """Cuenta los defectos que el lector corrige."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.cuenta = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.cuenta += 1


def _accion(objeto: Any) -> str:
    valor: Any = objeto.get_object() if objeto is not None else {}
    return str(valor.get("/S", "")) if hasattr(valor, "get") else ""


def _acciones_de_pagina(hoja: Any) -> set[str]:
    vistas: set[str] = set()
    for referencia in hoja.get("/Annots") or ():
        nota = referencia.get_object()
        if hasattr(nota, "get"):
            vistas.add(_accion(nota.get("/A")))
    return vistas


def _acciones(lector: PdfReader) -> list[str]:
    vistas: set[str] = set()
    try:
        raiz = lector.root_object
        vistas.add(_accion(raiz.get("/OpenAction")))
        for hoja in lector.pages[:PAGINAS_CON_ANOTACIONES]:
            vistas |= _acciones_de_pagina(hoja)
    except (PyPdfError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        vistas.add("/Ilegible")
    return sorted(v[1:] for v in vistas & (ACCIONES | {"/Ilegible"}))


def _texto(lector: PdfReader, n: int) -> str | None:
    try:
        return lector.pages[n - 1].extract_text()[:100_000]
    except Exception:  # noqa: BLE001 - pypdf lanza de todo en páginas raras; aquí sólo significa «no hay segunda lectura»
        return None


def releer(ruta: str, muestra: list[int]) -> dict[str, Any]:
    """Devuelve `{"paginas", "textos": [texto o null de cada página de la muestra], "acciones": [...], "defectos": n}`.

    Lanza lo que pypdf lance si no puede abrir el archivo o contar sus páginas: quien llama lo recibe como falla.
    """
    contador = _Contador()
    registro = logging.getLogger("pypdf")
    registro.addHandler(contador)
    registro.propagate = False
    lector = PdfReader(ruta, strict=False)
    cuantas = len(lector.pages)
    textos = [_texto(lector, n) if n <= cuantas else None for n in muestra]
    return {"paginas": cuantas, "textos": textos, "acciones": _acciones(lector), "defectos": contador.cuenta}
