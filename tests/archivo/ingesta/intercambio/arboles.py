"""Instrumentos de muestra y árboles al azar, y los esquemas con que se validan."""

import importlib.metadata
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from hypothesis import strategies as st
from lxml import etree

from archivo.catalogo.puerta import ELEMENTOS_ISAD
from archivo.ingesta.intercambio.jerarquia import armar
from archivo.ingesta.intercambio.unidad import Evento, Instrumento, Objeto, Punto, Unidad

MOMENTO = datetime(2026, 11, 22, 12, tzinfo=UTC)
_LETRAS = st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="|\ufffe\uffff")
PALABRA = st.text(_LETRAS, min_size=1, max_size=12).filter(lambda t: t != "NULL" and not t.startswith("sep="))
FRASE = st.lists(PALABRA, min_size=1, max_size=5).map(" ".join)
TEXTO = st.lists(st.lists(FRASE, min_size=1, max_size=2).map("\n".join), min_size=1, max_size=3).map("\n\n".join)
DIA = st.dates().map(lambda d: d.isoformat())
ISAD = st.dictionaries(
    st.sampled_from([e.clave for e in ELEMENTOS_ISAD if e.clave not in {"volumen", "lengua"}]), TEXTO, max_size=4
)
EVENTOS = st.lists(st.builds(Evento, texto=FRASE, desde=DIA, tipo=FRASE | st.just("")), max_size=2)
PUNTOS = st.lists(
    st.builds(Punto, st.sampled_from(["tema", "lugar", "persona", "organismo", "nombre", "genero"]), FRASE), max_size=3
)
OBJETOS = st.lists(st.builds(Objeto, FRASE), max_size=3)
HIJAS = {"fondo": ("seccion", "serie"), "seccion": ("serie",), "serie": ("subserie", "expediente"), "subserie": ("expediente",)}


def _esquema(paquete: str, nombre: str) -> Path:
    archivos = importlib.metadata.files(paquete) or []
    return Path(str(next(a for a in archivos if a.name == nombre).locate()))


@cache
def _dtd() -> etree.DTD:
    return etree.DTD(str(_esquema("glamconv", "ead.dtd")))


@cache
def _xsd() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(_esquema("django-ead", "ead3.xsd"))))


def validar(documento: bytes, formato: str) -> None:
    """Falla con lo que dice el esquema."""
    raiz = etree.fromstring(documento, etree.XMLParser(load_dtd=False, no_network=True))
    esquema = _dtd() if formato == "ead2002" else _xsd()
    assert esquema.validate(raiz), str(esquema.error_log)


@st.composite
def instrumentos(draw: st.DrawFn) -> Instrumento:
    """Un fondo con secciones, series, expedientes y documentos, con toda clase de elementos."""
    instrumento = Instrumento("atom", fuente="fuente-de-prueba", cabecera={"titulo": "Fondo de prueba"})
    fondo = _unidad(draw, instrumento, None, "fondo")
    disponibles = [fondo]
    for _ in range(draw(st.integers(0, 6))):
        madre = draw(st.sampled_from(disponibles))
        nivel = draw(st.sampled_from([*HIJAS.get(madre.nivel, ()), "documento"]))
        disponibles.append(_unidad(draw, instrumento, madre, nivel))
    armar(instrumento)
    return instrumento


def _unidad(draw: st.DrawFn, instrumento: Instrumento, madre: Unidad | None, nivel: str) -> Unidad:
    unidad = Unidad(
        id=str(len(instrumento.unidades) + 1),
        titulo=draw(FRASE),
        madre=madre.id if madre else "",
        nivel=nivel,
        codigo=draw(PALABRA | st.just("")),
        isad=draw(ISAD),
        eventos=draw(EVENTOS),
        puntos=draw(PUNTOS),
        objetos=draw(OBJETOS),
        otros=draw(st.dictionaries(st.sampled_from(["accessionNumber", "xLevel", "sources", "repository"]), FRASE, max_size=2)),
        publicacion=draw(st.sampled_from(["", "borrador", "publicada"])),
    )
    instrumento.unidades.append(unidad)
    return unidad
