"""Los nombres de los niveles de descripción: de cada archivo al cuadro, y de vuelta."""

import unicodedata

from archivo.archivistica.puerta import NIVELES_DE_CLASE

DE_CLASE = tuple(NIVELES_DE_CLASE)
EXPEDIENTE, DOCUMENTO = "expediente", "documento"
ORDEN = {nivel: n for n, nivel in enumerate((*DE_CLASE, EXPEDIENTE, DOCUMENTO))}
UNIDAD_DOCUMENTAL = "unidad documental"

_NOMBRES = {
    "fondo": ("fonds", "fondo", "fondo documental", "collection", "coleccion", "recordgrp", "record group", "grupo de fondos"),
    "subfondo": ("subfonds", "subfondo", "subgrp", "subgroup", "subgrupo"),
    "seccion": ("class", "seccion", "seccion documental", "section", "clase"),
    "subseccion": ("subseccion", "subseccion documental", "subsection"),
    "serie": ("series", "serie", "serie documental"),
    "subserie": ("subseries", "subserie", "subserie documental"),
    EXPEDIENTE: ("file", "expediente", "unidad documental compuesta", "dossier", "carpeta", "legajo", "unidad de instalacion"),
    DOCUMENTO: ("item", "documento", "unidad documental simple", "pieza", "part", "parte"),
}
_NIVEL_DE = {nombre: nivel for nivel, nombres in _NOMBRES.items() for nombre in nombres}
EN_ESPANOL = {
    **NIVELES_DE_CLASE,
    EXPEDIENTE: "Unidad documental compuesta",
    DOCUMENTO: "Unidad documental simple",
}
EN_EAD = {
    "fondo": "fonds",
    "subfondo": "subfonds",
    "seccion": "class",
    "serie": "series",
    "subserie": "subseries",
    EXPEDIENTE: "file",
    DOCUMENTO: "item",
}
PROPIOS_DE_EAD = frozenset({*EN_EAD.values(), "collection", "recordgrp", "subgrp"})


def plano(texto: str) -> str:
    """Sin acentos, en minúsculas y con un solo espacio entre palabras: para comparar nombres."""
    sin = "".join(c for c in unicodedata.normalize("NFD", texto) if not unicodedata.combining(c))
    return " ".join(sin.casefold().replace("-", "").split())


def nivel_de(nombre: str, *, es_hoja: bool) -> str:
    """El nivel que dice un nombre, o «» si no se conoce. «Unidad documental», sin más, depende de si tiene otras dentro."""
    buscado = plano(nombre)
    if buscado == UNIDAD_DOCUMENTAL:
        return DOCUMENTO if es_hoja else EXPEDIENTE
    return _NIVEL_DE.get(buscado, "")


def nivel_supuesto(madre: str, *, es_hoja: bool) -> str:
    """El nivel que ocupa una unidad que no lo dice, según de cuál depende y si tiene otras dentro."""
    if madre in (EXPEDIENTE, DOCUMENTO):
        return DOCUMENTO
    if not madre:
        return "fondo"
    if es_hoja:
        return EXPEDIENTE
    return {"fondo": "seccion", "subfondo": "seccion", "seccion": "serie", "subseccion": "serie"}.get(madre, "subserie")


def nombre_para_atom(nivel: str, original: str) -> str:
    """Como se escribe en `levelOfDescription`."""
    return original or EN_ESPANOL[nivel]


def niveles_para_ead(nivel: str, original: str) -> tuple[str, str, str]:
    """(`level`, `otherlevel`, nombre que sólo cabe en una nota) con que se escribe en EAD."""
    if original in PROPIOS_DE_EAD:
        return original, "", ""
    nota = original if original and original != EN_ESPANOL[nivel] else ""
    if nivel in EN_EAD:
        return EN_EAD[nivel], "", nota
    return "otherlevel", nivel, nota
