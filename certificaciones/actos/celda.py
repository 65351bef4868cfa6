"""Lo que se lee, en un proceso aislado y sin Django, de un PDF que puede ser hostil."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

TOPE = 64 * 1024 * 1024
FOLIO = r"\b[A-Z0-9][A-Z0-9-]{0,19}/\d{5,7}/\d{4}\b"
CODIGO = r"\b(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b"
_ACTA = "acta.json"
_PAGINAS = 2


def textos_de(ruta: str) -> dict[str, Any]:
    """{"textos": [...]}: el acta adjunta, el título y el texto de las primeras hojas. Lo ilegible se omite."""
    textos: list[str] = []
    with suppress(pikepdf.PdfError, ValueError, KeyError, TypeError, RuntimeError):
        textos += _adjuntos(Path(ruta))
    with suppress(pypdfium2.PdfiumError, ValueError):
        textos += _hojas(ruta)
    return {"textos": textos}


def _adjuntos(ruta: Path) -> list[str]:
    with pikepdf.open(ruta) as pdf:
        titulos = [str(v) for v in pdf.docinfo.values()] if pdf.trailer.get("/Info") is not None else []
        actas = [
            pdf.attachments[n].get_file().read_bytes()[:TOPE].decode("utf-8", "replace") for n in pdf.attachments if n == _ACTA
        ]
    return [*titulos, *actas]


def _hojas(ruta: str) -> list[str]:
    with pypdfium2.PdfDocument(ruta) as pdf:
        return [pdf[n].get_textpage().get_text_bounded() for n in range(min(_PAGINAS, len(pdf)))]


def contar_paginas(ruta: str) -> dict[str, Any]:
    """{"paginas": n} de un PDF; lanza si no se puede abrir."""
    with pypdfium2.PdfDocument(ruta) as pdf:
        return {"paginas": len(pdf)}
