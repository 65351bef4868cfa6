"""Lo que un archivo dice ser: el folio y el código que lleva dentro, aunque esté dañado o alterado."""

import re
from dataclasses import dataclass
from pathlib import Path

from archivo.objetos.puerta import FallaAislada, Limites, ejecutar
from certificaciones.actos import codigos
from certificaciones.actos.celda import CODIGO, FOLIO, TOPE

_FOLIO, _CODIGO = re.compile(FOLIO), re.compile(CODIGO)
_LIMITES = Limites(cpu=15, tiempo=20)
_BASTANTES = 50


@dataclass(frozen=True)
class Senales:
    """Folios y códigos hallados, sin repetir; pueden ser mentira: sólo sirven para buscar."""

    folios: frozenset[str] = frozenset()
    codigos: frozenset[str] = frozenset()


def _de_texto(texto: str) -> Senales:
    folios = frozenset(_FOLIO.findall(texto)[:_BASTANTES])
    hallados = (codigos.normalizar(c) for c in _CODIGO.findall(texto)[:_BASTANTES])
    return Senales(folios, frozenset(c for c in hallados if len(c) == codigos.LARGO))


def senales_de(ruta: Path) -> Senales:
    """Primero se leen los bytes tal cual; si no bastan, un proceso aislado abre el PDF y lee su texto y su acta."""
    with ruta.open("rb") as archivo:
        crudo = archivo.read(TOPE).decode("latin-1")
    llanas = _de_texto(crudo)
    if llanas.codigos:
        return llanas
    try:
        dentro = ejecutar("certificaciones.actos.celda:textos_de", {"ruta": str(ruta)}, _LIMITES)
    except FallaAislada:
        return llanas
    leidas = _de_texto("\n".join(dentro["textos"]))
    return Senales(llanas.folios | leidas.folios, leidas.codigos)
