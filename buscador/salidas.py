"""Qué probar cuando no se encontró nada, de lo más probable a lo menos, cada cosa con su cuenta."""

from collections.abc import Iterator, Mapping

from archivo.indexacion.puerta import motor
from archivo.portal.puerta import leer_consulta
from buscador.folios import consulta_con_folio
from buscador.palabras import dichos, etiqueta_de_campo
from buscador.peticion import Peticion, filtro_del_motor
from buscador.respuesta import Salida
from search import And, Phrase, Scope, SearchRequest, Word

PALABRAS = 3
FILTROS = 5


def salidas_de(peticion: Peticion, correccion: str | None, ambito: Scope) -> list[Salida]:
    """Las que sí darían algo: la corrección, quitar un filtro o todos, y buscar con menos palabras."""
    posibles = [*_por_correccion(peticion, correccion), *_sin_filtros(peticion), *_con_menos(peticion)]
    return [s for p in posibles if (s := _contada(p, ambito)).total]


def _por_correccion(peticion: Peticion, correccion: str | None) -> Iterator[Salida]:
    if correccion:
        yield Salida("correccion", correccion, 0, peticion.filtros)


def _sin_filtros(peticion: Peticion) -> Iterator[Salida]:
    puestos = list(peticion.filtros.items())
    for campo, valores in puestos[:FILTROS]:
        resto = {c: v for c, v in puestos if c != campo}
        puesto = f"{etiqueta_de_campo(campo)}: {', '.join(dichos(campo, valores))}"
        yield Salida("filtro", peticion.texto, 0, resto, f"Sin «{puesto}»")
    if len(puestos) > 1:
        yield Salida("filtro", peticion.texto, 0, {}, "Sin ningún filtro")


def _con_menos(peticion: Peticion) -> Iterator[Salida]:
    leida = leer_consulta(peticion.texto)
    hijos = leida.children if isinstance(leida, And) else (leida,) if isinstance(leida, Phrase) else ()
    sueltas = [w for h in hijos for w in (h.words if isinstance(h, Phrase) else (h.text,) if isinstance(h, Word) else ())]
    distintas = [p for p in dict.fromkeys(sueltas) if len(p) > 2]
    for palabra in sorted(distintas, key=len, reverse=True)[:PALABRAS]:
        yield Salida("menos", palabra, 0, peticion.filtros)


def _contada(salida: Salida, ambito: Scope) -> Salida:
    consulta = (
        consulta_con_folio(salida.texto, leer_consulta(salida.texto)) if salida.clase != "menos" else leer_consulta(salida.texto)
    )
    pedido = SearchRequest(ambito, consulta, filters=_del_motor(salida.filtros), limit=0)
    return Salida(salida.clase, salida.texto, motor().search(pedido).total, salida.filtros, salida.rotulo)


def _del_motor(filtros: Mapping[str, tuple[str, ...]]) -> dict:
    return dict(filtro_del_motor(campo, valores) for campo, valores in filtros.items())
