"""Leer EAD 2002 y EAD3. Lo que no tiene lugar propio se conserva como nota, con el nombre de su etiqueta, y se avisa."""

from pathlib import Path

from lxml import etree

from archivo.ingesta.importacion.filas import ArchivoInutilizable
from archivo.ingesta.intercambio.ead import CUADRO, ESPACIO_3, ESPACIO_2002
from archivo.ingesta.intercambio.ead_cabecera import leer_cabecera
from archivo.ingesta.intercambio.ead_texto import etiqueta
from archivo.ingesta.intercambio.ead_unidad import leer_unidad
from archivo.ingesta.intercambio.unidad import Instrumento, Unidad
from archivo.ingesta.intercambio.xml_seguro import abrir_xml

_COMPONENTES = frozenset({"c", *(f"c{n:02d}" for n in range(1, 13))})


def leer_ead(ruta: Path, nombre: str) -> Instrumento:
    """Las unidades de un instrumento en EAD, de la más amplia a la más estrecha.

    Raises:
        ArchivoInutilizable: no es XML seguro y bien formado, o no es EAD 2002 ni EAD3.
    """
    raiz = abrir_xml(ruta, nombre)
    formato = _reconocer(raiz, nombre)
    descripcion = next((n for n in raiz if etiqueta(n) == "archdesc"), None)
    if descripcion is None:
        raise ArchivoInutilizable(f"«{nombre}» no trae ninguna descripción (archdesc).")
    instrumento = Instrumento(formato)
    leer_cabecera(raiz, instrumento)
    if (descripcion.get("otherlevel") or "") == CUADRO:
        _componentes(descripcion, None, "", instrumento)
    else:
        _leer(descripcion, None, "1", instrumento)
    if not instrumento.unidades:
        raise ArchivoInutilizable(f"«{nombre}» no trae ninguna unidad de descripción.")
    _reglas_de_la_cabecera(instrumento)
    _sin_ids_repetidos(instrumento)
    instrumento.leidas = len(instrumento.unidades)
    return instrumento


def _reconocer(raiz: etree._Element, nombre: str) -> str:
    espacio = etree.QName(raiz).namespace or ""
    if etiqueta(raiz) != "ead":
        raise ArchivoInutilizable(f"«{nombre}» es XML y no es EAD: su elemento principal es «{etiqueta(raiz)}» y debe ser «ead».")
    if espacio == ESPACIO_3:
        return "ead3"
    if espacio in ("", ESPACIO_2002):
        return "ead3" if not espacio and any(etiqueta(n) == "control" for n in raiz) else "ead2002"
    raise ArchivoInutilizable(
        f"El espacio de nombres de «{nombre}» es «{espacio}», que no es de EAD. Debe ser «{ESPACIO_2002}» (EAD 2002) o «{ESPACIO_3}» (EAD3)."
    )


def _leer(nodo: etree._Element, madre: Unidad | None, lugar: str, instrumento: Instrumento) -> None:
    unidad = leer_unidad(nodo, lugar, instrumento)
    unidad.madre = madre.id if madre else ""
    instrumento.unidades.append(unidad)
    _componentes(nodo, unidad, lugar, instrumento)


def _componentes(nodo: etree._Element, madre: Unidad | None, lugar: str, instrumento: Instrumento) -> None:
    """`lugar` («1.3.2») identifica a las unidades que no traen identificador."""
    hijos = [n for n in nodo if etiqueta(n) in _COMPONENTES]
    for grupo in (n for n in nodo if etiqueta(n) in {"dsc", "dscgrp"}):
        hijos += [n for n in grupo.iter() if etiqueta(n) in _COMPONENTES and etiqueta(n.getparent()) in {"dsc", "dscgrp"}]
    for n, hijo in enumerate(hijos, 1):
        _leer(hijo, madre, f"{lugar}.{n}" if lugar else str(n), instrumento)


def _reglas_de_la_cabecera(instrumento: Instrumento) -> None:
    """Las reglas de descripción de la cabecera son las de la primera unidad, si ella no dice otras."""
    reglas = instrumento.cabecera.get("reglas", "")
    if reglas and not any("reglas" in u.isad for u in instrumento.unidades):
        instrumento.unidades[0].isad["reglas"] = reglas


def _sin_ids_repetidos(instrumento: Instrumento) -> None:
    vistas: dict[str, Unidad] = {}
    for unidad in list(instrumento.unidades):
        if vistas.setdefault(unidad.id, unidad) is not unidad:
            motivo = f"El identificador «{unidad.id}» ya es de la unidad de la línea {vistas[unidad.id].linea}."
            instrumento.rechazar(unidad.linea, unidad.id, "id", motivo)
            instrumento.unidades.remove(unidad)
