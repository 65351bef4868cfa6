"""El primer lector de PDF (PDFium): cuántas páginas, qué texto trae cada una y qué peligros. Corre en el proceso aislado."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any, TextIO

import pypdfium2 as pdfium
import pypdfium2.raw as crudo

LETRAS_POR_PAGINA = 400_000
LETRAS_POR_ARCHIVO = 60_000_000
ILEGIBLES_DETALLADAS = 50
LETRAS_DE_PORTADA = 4000
RENGLONES_DE_PORTADA = 40
CORTE_DE_RENGLON = re.compile("(?:\ufffe|\x02)\\s*")
SIN_CONTROL = {c: None for c in range(32) if chr(c) not in "\n\t"} | {0x7F: None, 0xFFFE: None, 0xFFFF: None, 0xAD: None}


def limpiar(texto: str) -> str:
    """Texto en NFC, con saltos de renglón simples, palabras cortadas unidas y sin controles ni medios pares."""
    unido = CORTE_DE_RENGLON.sub("", texto.replace("\r\n", "\n").replace("\r", "\n"))
    limpio = unido.translate(SIN_CONTROL).encode("utf-8", "ignore").decode()
    return unicodedata.normalize("NFC", limpio).strip()


def _texto(documento: pdfium.PdfDocument, indice: int) -> str | None:
    """El texto de una página, o None si la página no se puede abrir."""
    try:
        hoja = documento[indice]
    except pdfium.PdfiumError:
        return None
    try:
        texto = hoja.get_textpage()
        cuantas = min(texto.count_chars(), LETRAS_POR_PAGINA)
        return limpiar(texto.get_text_range(0, cuantas)) if cuantas else ""
    except pdfium.PdfiumError:
        return ""
    finally:
        hoja.close()


def _paginas(documento: pdfium.PdfDocument, salida: TextIO) -> dict[str, Any]:
    ilegibles: list[int] = []
    letras, con_texto, recortado = 0, 0, False
    for indice in range(len(documento)):
        texto = _texto(documento, indice)
        if texto is None and len(ilegibles) < ILEGIBLES_DETALLADAS:
            ilegibles.append(indice + 1)
        if letras > LETRAS_POR_ARCHIVO and texto:
            texto, recortado = "", True
        letras += len(texto or "")
        con_texto += bool(texto)
        salida.write(json.dumps(texto or "", ensure_ascii=False) + "\n")
    return {"ilegibles": ilegibles, "letras": letras, "con_texto": con_texto, "recortado": recortado}


def _renglones(documento: pdfium.PdfDocument) -> list[list[Any]]:
    """Los primeros renglones de la primera página con el alto de su letra en puntos: `[[texto, alto], …]`."""
    try:
        texto = documento[0].get_textpage()
        cuantas = min(texto.count_chars(), LETRAS_DE_PORTADA)
    except pdfium.PdfiumError:
        return []
    renglones: list[list[Any]] = []
    letras: list[str] = []
    alto = 0.0
    for indice in range(cuantas):
        letra = chr(crudo.FPDFText_GetUnicode(texto, indice))
        if letra in "\r\n":
            if junto := limpiar("".join(letras)):
                renglones.append([junto, round(alto, 1)])
            letras, alto = [], 0.0
            continue
        letras.append(letra)
        if not letra.isspace() and (caja := texto.get_charbox(indice, loose=True)):
            alto = max(alto, caja[3] - caja[1])
    if junto := limpiar("".join(letras)):
        renglones.append([junto, round(alto, 1)])
    return renglones[:RENGLONES_DE_PORTADA]


def _titulo(documento: pdfium.PdfDocument) -> str:
    return limpiar(documento.get_metadata_value("Title"))[:1000]


def leer(ruta: str, salida: str, paginas_maximas: int) -> dict[str, Any]:
    """Escribe en `salida` un renglón JSON por página con su texto y describe el archivo.

    Devuelve `{"abre": bool, "contrasena": bool, "cifrado": bool, "paginas": n, "titulo", "ilegibles": [n…], "letras",
    "con_texto", "recortado", "javascript", "adjuntos", "renglones"}`; si no abre, sólo las dos primeras claves y `detalle`.
    """
    try:
        documento = pdfium.PdfDocument(ruta)
    except pdfium.PdfiumError as error:
        contrasena = getattr(error, "err_code", None) == crudo.FPDF_ERR_PASSWORD
        return {"abre": False, "contrasena": contrasena, "detalle": str(error)[:200]}
    with documento:
        ficha = {
            "abre": True,
            "contrasena": False,
            "cifrado": crudo.FPDF_GetSecurityHandlerRevision(documento) >= 0,
            "paginas": len(documento),
            "titulo": _titulo(documento),
            "javascript": max(crudo.FPDFDoc_GetJavaScriptActionCount(documento), 0),
            "adjuntos": max(crudo.FPDFDoc_GetAttachmentCount(documento), 0),
        }
        if len(documento) > paginas_maximas:
            return ficha
        with Path(salida).open("w", encoding="utf-8") as destino:
            return ficha | {"renglones": _renglones(documento)} | _paginas(documento, destino)
