"""Leer los elementos descriptivos de una unidad de EAD: ISAD(G), puntos de acceso y notas."""

import re

from lxml import etree

from archivo.ingesta.intercambio.ead import DE_PUNTO, ISAD_POR_ETIQUETA, ISAD_POR_NUMERO, NIVEL_EN_NOTA, TRADUCCION
from archivo.ingesta.intercambio.ead_texto import de_linea, etiqueta, parrafos
from archivo.ingesta.intercambio.unidad import Instrumento, Punto, Unidad

_NO_SON_BLOQUES = frozenset({"did", "dsc", "dscgrp", "dao", "daogrp", "daoset", "head", "thead", "runner"})
_COMPONENTE = re.compile(r"c(0[1-9]|1[0-2])?$")
_NUMERO = re.compile(r"3\.\d\.\d")
_MARCAS = frozenset({*DE_PUNTO, "title", "ref", "extref", "ptr", "extptr", "date", "occupation", "function"})


def leer_bloques(nodo: etree._Element, unidad: Unidad, instrumento: Instrumento) -> None:
    """Los elementos que siguen a `did`. Los que no son de ISAD(G) quedan en `otros`, con su etiqueta."""
    for bloque in nodo:
        nombre = etiqueta(bloque)
        if not nombre or nombre in _NO_SON_BLOQUES or _COMPONENTE.fullmatch(nombre):
            continue
        if nombre == "descgrp":
            leer_bloques(bloque, unidad, instrumento)
        elif nombre == "controlaccess":
            _puntos(bloque, unidad, instrumento)
        else:
            _bloque(bloque, nombre, unidad, instrumento)


def _bloque(bloque: etree._Element, nombre: str, unidad: Unidad, instrumento: Instrumento) -> None:
    propio = bloque.get("type") or bloque.get("localtype") or ""
    if nombre == "odd" and propio:
        _nota_con_nombre(propio, parrafos(bloque), unidad)
        return
    clave = _clave(bloque, nombre)
    if not clave:
        conservar(bloque, nombre, unidad, instrumento)
        return
    _avisar_de_marcas(bloque, unidad, instrumento)
    if texto := parrafos(bloque):
        unidad.isad[clave] = "\n\n".join(t for t in (unidad.isad.get(clave, ""), texto) if t)


def _clave(bloque: etree._Element, nombre: str) -> str:
    """El elemento de ISAD(G) que dice su `encodinganalog`, o el que corresponde a su etiqueta."""
    numero = _NUMERO.search(bloque.get("encodinganalog") or "")
    dicho = ISAD_POR_NUMERO.get(numero[0], "") if numero else ""
    return dicho if dicho and nombre in ISAD_POR_ETIQUETA else ISAD_POR_ETIQUETA.get("odd" if nombre == "note" else nombre, "")


def _nota_con_nombre(nombre: str, texto: str, unidad: Unidad) -> None:
    """Las notas que llevan nombre guardan lo que no tiene etiqueta en EAD."""
    if nombre == NIVEL_EN_NOTA:
        unidad.nivel_original = texto
    elif nombre == "culture":
        unidad.cultura = texto
    elif nombre == "qubitParentSlug":
        unidad.slug_de_madre = texto
    elif nombre.startswith(TRADUCCION) and nombre.count(":") == 2:
        _, cultura, clave = nombre.split(":")
        unidad.traducciones.setdefault(cultura, {})[clave] = texto
    elif texto:
        unidad.otros[nombre] = "\n\n".join(t for t in (unidad.otros.get(nombre, ""), texto) if t)


def _puntos(bloque: etree._Element, unidad: Unidad, instrumento: Instrumento) -> None:
    for nodo in bloque:
        nombre = etiqueta(nodo)
        if nombre == "controlaccess":
            _puntos(nodo, unidad, instrumento)
        elif nombre in DE_PUNTO:
            if texto := de_linea(nodo):
                unidad.puntos.append(Punto(DE_PUNTO[nombre], texto))
        elif nombre and nombre != "head":
            conservar(nodo, nombre, unidad, instrumento)


def conservar(nodo: etree._Element, nombre: str, unidad: Unidad, instrumento: Instrumento) -> None:
    """Guarda el texto de un elemento sin lugar propio; avisa la primera vez que aparece su etiqueta."""
    texto = parrafos(nodo)
    if not texto:
        return
    unidad.otros[nombre] = "\n\n".join(t for t in (unidad.otros.get(nombre, ""), texto) if t)
    _avisar_una_vez(instrumento, unidad, nodo, nombre, f"«{nombre}» no es de ISAD(G): se conserva su texto en cada unidad.")


def _avisar_de_marcas(bloque: etree._Element, unidad: Unidad, instrumento: Instrumento) -> None:
    for nodo in bloque.iterdescendants():
        nombre = etiqueta(nodo)
        if nombre in _MARCAS:
            motivo = f"Hay «{nombre}» dentro de un texto: queda su texto, no la marca, y no se vuelve punto de acceso."
            _avisar_una_vez(instrumento, unidad, nodo, nombre, motivo)


def _avisar_una_vez(instrumento: Instrumento, unidad: Unidad, nodo: etree._Element, campo: str, motivo: str) -> None:
    if not any(a.campo == campo and a.motivo == motivo for a in instrumento.avisos):
        instrumento.avisar(nodo.sourceline or unidad.linea, unidad.id, campo, motivo)
