"""Leer una unidad de EAD (`archdesc` o `c`): su identificación."""

from collections.abc import Callable

from lxml import etree

from archivo.ingesta.intercambio.atom import celda
from archivo.ingesta.intercambio.ead import CONTENEDORES, DE_PUNTO, XLINK
from archivo.ingesta.intercambio.ead_bloques import conservar, leer_bloques
from archivo.ingesta.intercambio.ead_texto import de_linea, etiqueta, parrafos
from archivo.ingesta.intercambio.niveles import DE_CLASE, EN_EAD
from archivo.ingesta.intercambio.unidad import Evento, Instrumento, Objeto, Unidad

_DE_EAD = {nombre: nivel for nivel, nombre in EN_EAD.items()}
Lector = Callable[[etree._Element, Unidad], None]


def leer_unidad(nodo: etree._Element, lugar: str, instrumento: Instrumento) -> Unidad:
    """La unidad de un `archdesc` o un `c`, sin las que contiene. `lugar` la identifica si no trae identificador."""
    unidad = Unidad(id=nodo.get("id") or lugar, linea=nodo.sourceline or 0)
    _nivel(nodo, unidad)
    unidad.publicacion = {"internal": "borrador", "external": "publicada"}.get(nodo.get("audience") or "", "")
    identificacion = next((n for n in nodo if etiqueta(n) == "did"), None)
    if identificacion is not None:
        _identificar(identificacion, unidad, instrumento)
    leer_bloques(nodo, unidad, instrumento)
    _objetos(nodo, unidad)
    unidad.eventos = _reunidos(unidad.eventos)
    return unidad


def _nivel(nodo: etree._Element, unidad: Unidad) -> None:
    nivel, otro = nodo.get("level") or "", nodo.get("otherlevel") or ""
    if nivel in _DE_EAD:
        unidad.nivel = _DE_EAD[nivel]
    elif nivel == "otherlevel" and otro in DE_CLASE:
        unidad.nivel = otro
    else:
        unidad.nivel_original = otro if nivel == "otherlevel" else nivel


def _identificar(did: etree._Element, unidad: Unidad, instrumento: Instrumento) -> None:
    for nodo in did:
        nombre = etiqueta(nodo)
        if nombre in _LECTORES:
            _LECTORES[nombre](nodo, unidad)
        elif nombre and nombre not in {"dao", "daogrp", "daoset", "head"}:
            conservar(nodo, nombre, unidad, instrumento)
    _codigo(did, unidad)
    _contenedores(did, unidad)


def _codigo(did: etree._Element, unidad: Unidad) -> None:
    """El primer `unitid` sin tipo es el código; los demás, otros códigos con su rótulo."""
    nodos = [n for n in did if etiqueta(n) == "unitid"]
    propio = next((n for n in nodos if not _tipo(n)), nodos[0] if nodos else None)
    if propio is not None:
        unidad.codigo = de_linea(propio)
        unidad.id = propio.get("identifier") or unidad.id
    unidad.alternos = [[_tipo(n), de_linea(n)] for n in nodos if n is not propio and de_linea(n)]


def _tipo(nodo: etree._Element) -> str:
    return nodo.get("type") or nodo.get("localtype") or ""


def _titulo(nodo: etree._Element, unidad: Unidad) -> None:
    unidad.titulo = " ".join(t for t in (unidad.titulo, de_linea(nodo)) if t)


def _fecha(nodo: etree._Element, unidad: Unidad) -> None:
    desde, _, hasta = (nodo.get("normal") or "").partition("/")
    tipo = nodo.get("datechar") or ("bulk" if _tipo(nodo) == "bulk" or nodo.get("unitdatetype") == "bulk" else "")
    unidad.eventos.append(Evento(tipo=tipo, texto=de_linea(nodo), desde=desde, hasta=hasta))


def _fecha_estructurada(nodo: etree._Element, unidad: Unidad) -> None:
    fechas = [n for n in nodo.iter() if etiqueta(n) in {"datesingle", "fromdate", "todate"}]
    normales = [n.get("standarddate") or "" for n in fechas]
    texto = " - ".join(t for t in map(de_linea, fechas) if t)
    hasta = normales[-1] if len(normales) > 1 else ""
    unidad.eventos.append(
        Evento(tipo=nodo.get("datechar") or "", texto=texto, desde=normales[0] if normales else "", hasta=hasta)
    )


def _productor(nodo: etree._Element, unidad: Unidad) -> None:
    rotulo = nodo.get("label") or ""
    nombres = [n for n in nodo if etiqueta(n) in DE_PUNTO]
    for nombre in nombres:
        unidad.eventos.append(Evento(tipo=rotulo, actor=de_linea(nombre), clase_de_actor=DE_PUNTO[etiqueta(nombre)]))
    if not nombres and de_linea(nodo):
        unidad.eventos.append(Evento(tipo=rotulo, actor=de_linea(nodo)))


def _reunidos(eventos: list[Evento]) -> list[Evento]:
    """Una sola fecha y un solo productor son el mismo hecho."""
    fechas = [e for e in eventos if not e.actor]
    actores = [e for e in eventos if e.actor]
    if len(fechas) == 1 and len(actores) == 1 and (not actores[0].tipo or actores[0].tipo == fechas[0].tipo):
        fechas[0].actor, fechas[0].clase_de_actor = actores[0].actor, actores[0].clase_de_actor
        return fechas
    return fechas + actores


def _volumen(nodo: etree._Element, unidad: Unidad) -> None:
    texto = " ".join(de_linea(n) for n in nodo) if etiqueta(nodo) == "physdescstructured" else parrafos(nodo)
    unidad.isad["volumen"] = "\n".join(t for t in (unidad.isad.get("volumen", ""), texto.replace("\n\n", "\n")) if t)


def _lengua(nodo: etree._Element, unidad: Unidad) -> None:
    lenguas = [n for n in nodo.iter() if etiqueta(n) == "language"]
    sueltas = "".join([nodo.text or "", *(n.tail or "" for n in nodo)]).strip(" .,;\t\r\n")
    textos = [de_linea(n) or n.get("langcode") or "" for n in lenguas]
    valor = de_linea(nodo) if sueltas or not lenguas else "|".join(t for t in textos if t)
    nota = next((n for n in nodo if etiqueta(n) == "descriptivenote"), None)
    if nota is not None:
        unidad.otros["languageNote"] = parrafos(nota)
    if valor:
        unidad.isad["lengua"] = "|".join(t for t in (unidad.isad.get("lengua", ""), valor) if t)


def _repositorio(nodo: etree._Element, unidad: Unidad) -> None:
    unidad.otros["repository"] = de_linea(nodo)


def _contenedores(did: etree._Element, unidad: Unidad) -> None:
    cajas = [n for n in did if etiqueta(n) == "container"]
    columnas = (
        [de_linea(n) for n in cajas],
        [n.get("label") or _tipo(n) for n in cajas],
        [de_linea(n) for n in did if etiqueta(n) == "physloc"],
    )
    unidad.otros |= {nombre: celda(valores) for nombre, valores in zip(CONTENEDORES, columnas, strict=True) if any(valores)}


def _objetos(nodo: etree._Element, unidad: Unidad) -> None:
    cercanos = [n for n in nodo if etiqueta(n) in {"did", "dao", "daogrp", "daoset"}]
    for cercano in cercanos:
        for objeto in cercano.iter():
            if etiqueta(objeto) not in {"dao", "daoloc"}:
                continue
            ruta = objeto.get("href") or objeto.get(f"{{{XLINK}}}href") or ""
            titulo = objeto.get("title") or objeto.get(f"{{{XLINK}}}title") or objeto.get("linktitle") or de_linea(objeto)
            if ruta:
                unidad.objetos.append(Objeto(ruta, titulo))


def _por_otro_lado(nodo: etree._Element, unidad: Unidad) -> None:
    """Códigos y contenedores se leen juntos, no de uno en uno."""


_LECTORES: dict[str, Lector] = {
    "unittitle": _titulo,
    "unitid": _por_otro_lado,
    "container": _por_otro_lado,
    "physloc": _por_otro_lado,
    "unitdate": _fecha,
    "unitdatestructured": _fecha_estructurada,
    "origination": _productor,
    "physdesc": _volumen,
    "physdescstructured": _volumen,
    "langmaterial": _lengua,
    "repository": _repositorio,
}
