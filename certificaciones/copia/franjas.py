"""La franja de cada foja: folio, foja, lado, código y huella, en una página transparente que se pone sobre la nueva."""

from collections.abc import Iterator, Sequence
from typing import Any

from archivo.salidas import componer_hojas

from .celda.acomodo import CARTA, acomodar
from .contrato import Acta, Papel
from .foliado import Cara, Parte
from .ingreso import Admitida


def _pagina_de_franja(cara: Cara, indice: int | None, papel: Papel, alto: float | None) -> list[dict[str, Any]]:
    """La franja de una cara y, si va en papel y su dorso es blanco, la de su reverso «SIN TEXTO»."""
    lugar = acomodar(*cara.medida, papel)
    una = {
        "ancho": lugar.ancho,
        "alto": alto or lugar.alto,
        "k": lugar.k,
        "pie": lugar.pie,
        "foja": cara.foja,
        "cara": cara.lado,
        "huella": indice,
    }
    if papel == "foja" or not cara.sin_reverso:
        return [una]
    return [una, {**una, "cara": "reverso", "huella": None, "sin_texto": True}]


def _de_una_parte(parte: Parte, admitidas: Sequence[Admitida], huellas: list[str], papel: Papel) -> Iterator[dict[str, Any]]:
    """Las franjas de un documento; la relación de grabaciones no lleva huella: trae varias."""
    indice = huellas.index(admitidas[parte.fuentes[0]].sha256) if len(parte.fuentes) == 1 else None
    for cara in parte.caras:
        yield from _pagina_de_franja(cara, indice, papel, CARTA[1] if parte.compuesta else None)


def franjas(acta: Acta, partes: Sequence[Parte], admitidas: Sequence[Admitida], fojas: int, papel: Papel) -> bytes:
    """Un PDF sin etiquetas con una página transparente por cara, en el orden en que se ensamblan."""
    huellas = sorted({admitidas[p.fuentes[0]].sha256 for p in partes if len(p.fuentes) == 1})
    casa = acta.institucion
    datos = {
        "institucion": {"nombre": casa.nombre, "identidad": dict(casa.identidad), "veda": casa.veda},
        "etiquetado": False,
        "ensayo": acta.ensayo,
        "rubrica": not acta.electronica,
        "cotejado": bool(acta.cotejo),
        "folio": acta.folio,
        "codigo": acta.codigo,
        "n": fojas,
        "huellas": huellas,
        "paginas": [franja for parte in partes for franja in _de_una_parte(parte, admitidas, huellas, papel)],
    }
    return componer_hojas("copia_franja", datos, {}, acta.emitida).pdf
