"""El texto de EAD, que mezcla marcas y palabras: a párrafos llanos y de vuelta."""

import html
import re

from lxml import etree

EN_LINEA_APARTE = frozenset(
    {"p", "item", "head", "row", "chronitem", "bibref", "blockquote", "note", "defitem", "archref", "change", "addressline"}
)
EN_CELDAS = frozenset({"entry", "date", "event", "label", "chronitemset"})
_ILEGALES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BLANCOS = re.compile(r"[ \t\r\n\u00a0]+")


def etiqueta(nodo: etree._Element) -> str:
    """El nombre local; «» si no es un elemento (comentario, entidad)."""
    return etree.QName(nodo).localname if isinstance(nodo.tag, str) else ""


def de_linea(nodo: etree._Element | None) -> str:
    """El texto de un elemento en un solo renglón."""
    return " ".join(parrafos(nodo).split()) if nodo is not None else ""


def parrafos(nodo: etree._Element) -> str:
    """El texto de un elemento: párrafos separados por un renglón vacío; los saltos (`lb`) y renglones de lista, por uno."""
    partes: list[str] = []
    _juntar(nodo, partes)
    bloques = "".join(partes).split("\x1e")
    limpios = ("\n".join(_sin_blancos(renglon) for renglon in bloque.split("\x1f")).strip("\n ") for bloque in bloques)
    return "\n\n".join(bloque for bloque in limpios if bloque)


def _juntar(nodo: etree._Element, partes: list[str]) -> None:
    if nodo.text and not _es_entidad(nodo):
        partes.append(nodo.text)
    for hijo in nodo:
        if _es_entidad(hijo):
            partes.append(html.unescape(hijo.text or ""))
        elif nombre := etiqueta(hijo):
            _juntar_hijo(hijo, nombre, partes)
        if hijo.tail:
            partes.append(hijo.tail)


def _juntar_hijo(hijo: etree._Element, nombre: str, partes: list[str]) -> None:
    if nombre == "lb":
        partes.append("\x1f")
        return
    separador = "\x1e" if nombre in {"p", "head", "blockquote", "list", "table", "chronlist"} else "\x1f"
    aparte = nombre in EN_LINEA_APARTE or separador == "\x1e"
    if aparte:
        partes.append(separador)
    _juntar(hijo, partes)
    partes.append(separador if aparte else " " if nombre in EN_CELDAS else "")


def _es_entidad(nodo: etree._Element) -> bool:
    return nodo.tag is etree.Entity


def _sin_blancos(renglon: str) -> str:
    return _BLANCOS.sub(" ", renglon).strip()


def legal(texto: str) -> str:
    """Sin los caracteres que XML no admite."""
    return _ILEGALES.sub("", texto)


def en_parrafos(texto: str) -> list[list[str]]:
    """Los párrafos de un texto llano, cada uno con sus renglones."""
    bloques = re.split(r"\n[ \t\r]*\n", legal(texto))
    renglones = ([_sin_blancos(r) for r in bloque.split("\n")] for bloque in bloques)
    return [[r for r in bloque if r] for bloque in renglones if any(bloque)]
