"""Buscar: la única respuesta, para la página, la orden y el canal."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from time import monotonic

from archivo.catalogo.puerta import todos_los_tipos
from archivo.identidad.puerta import Lector
from archivo.indexacion.puerta import ambito_de, motor, reservados
from archivo.portal.puerta import leer_consulta
from buscador import hallazgos
from buscador.folios import consulta_con_folio
from buscador.palabras import etiqueta_de
from buscador.peticion import MODOS, ORDENES, Peticion
from buscador.respuesta import Respuesta, ValorDeFaceta
from buscador.salidas import salidas_de
from buscador.tramos import tramo
from search import And, Facet, FacetValue, Node, Scope, SearchRequest, SearchResponse, Word

bitacora = logging.getLogger("archivo.busqueda")

PAGINAS_POR_RESULTADO = 3
VALORES_POR_FACETA = 30
ANIOS = 1000
TODOS_LOS_VALORES = 20_000
MODO_DE = {motor_: modo for modo, motor_ in MODOS.items()}
_FACETAS_COMUNES = ("tipo", "anio", "area", "dependencia", "tema", "persona", "lugar", "medio")
_DE_LOS_TIPOS = ("genero", "valoracion", "serie")
_AL_FINAL = ("acceso", "con_archivo", "autor")


def campos_de_facetas(lector: Lector) -> tuple[str, ...]:
    """Los campos que se cuentan para esa persona, en el orden en que se ofrecen: los comunes, los de cada tipo y el acceso."""
    fuera = frozenset() if lector.fichas() else reservados()
    propios = [c.nombre for t in todos_los_tipos() for c in t.campos if c.nombre not in fuera]
    de_los_tipos = sorted(propios, key=lambda c: _DE_LOS_TIPOS.index(c) if c in _DE_LOS_TIPOS else len(_DE_LOS_TIPOS))
    return tuple(dict.fromkeys((*_FACETAS_COMUNES, *de_los_tipos, *_AL_FINAL)))


def buscar(peticion: Peticion, lector: Lector, *, con_facetas: bool = True) -> Respuesta:
    """La respuesta a una petición para esa persona. El canal no muestra facetas: no se cuentan.

    Raises:
        PeticionInutilizable: un filtro o una fecha no se entienden.
        SearchError: el motor no responde o hay que rehacer su índice.
    """
    inicio = monotonic()
    ambito = ambito_de(lector)
    leida = leer_consulta(peticion.texto)
    consulta = consulta_con_folio(peticion.texto, leida)
    campos = campos_de_facetas(lector) if con_facetas else ()
    hallado = _preguntar(peticion, consulta, ambito, campos)
    claves = [h.key for h in hallado.hits]
    paginas = motor().pages(claves, leida, ambito, PAGINAS_POR_RESULTADO) if leida is not None and claves else {}
    respuesta = Respuesta(
        total=hallado.total,
        modo=MODO_DE[hallado.mode],
        resultados=hallazgos.resultados(claves, paginas, leida, lector),
        facetas={c: valores_dichos(c, hallado.facets[c], peticion.filtros.get(c, ())) for c in campos},
        correccion=motor().correct(leida, ambito) if leida is not None else None,
        milisegundos=0,
        otro_modo=_otro_modo(leida, consulta, MODO_DE[hallado.mode]),
    )
    if not hallado.total:
        respuesta = replace(respuesta, salidas=salidas_de(peticion, respuesta.correccion, ambito))
    return replace(respuesta, milisegundos=round((monotonic() - inicio) * 1000))


def _preguntar(peticion: Peticion, consulta: Node | None, ambito: Scope, campos: Iterable[str]) -> SearchResponse:
    facetas = tuple(Facet(c, ANIOS if c == "anio" else VALORES_POR_FACETA) for c in campos)
    pedido = replace(pedido_de(peticion, consulta, ambito), facets=facetas)
    return tramo(pedido, peticion.comienzo, peticion.tamano, tras=peticion.tras)


def pedido_de(peticion: Peticion, consulta: Node | None, ambito: Scope) -> SearchRequest:
    """La petición como la entiende el motor, desde el principio y sin facetas."""
    return SearchRequest(
        ambito,
        consulta,
        filters=peticion.filtros_del_motor(),
        sort=ORDENES[peticion.orden],  # type: ignore[arg-type]
        match=MODOS[peticion.modo],  # type: ignore[arg-type]
    )


def pedido_entero(peticion: Peticion, lector: Lector) -> SearchRequest:
    """La lista completa de una petición para esa persona: lo mismo, y en el mismo orden, que la página recorre."""
    consulta = consulta_con_folio(peticion.texto, leer_consulta(peticion.texto))
    return pedido_de(peticion, consulta, ambito_de(lector))


def claves_de(peticion: Peticion, lector: Lector) -> list[str]:
    """Las claves de los documentos de una página de resultados, en su orden."""
    hallado = tramo(pedido_entero(peticion, lector), peticion.comienzo, peticion.tamano, tras=peticion.tras)
    return [h.key for h in hallado.hits]


def contados_de(peticion: Peticion, campo: str, lector: Lector) -> Sequence[FacetValue] | None:
    """Todos los valores de un campo en una lista (hasta `TODOS_LOS_VALORES`, los más frecuentes primero); None si ese campo no es de esa persona."""
    if campo not in campos_de_facetas(lector):
        return None
    pedido = replace(pedido_entero(peticion, lector), facets=(Facet(campo, TODOS_LOS_VALORES),), limit=0)
    return motor().search(pedido).facets[campo]


def _otro_modo(leida: Node | None, consulta: Node | None, modo: str) -> str | None:
    """El modo que la página ofrece; ninguno si hay una sola palabra o se buscó un folio."""
    if leida is not consulta or not isinstance(leida, And) or sum(isinstance(c, Word) for c in leida.children) < 2:
        return None
    return "algunas" if modo == "todas" else "todas"


def valores_dichos(campo: str, contados: Iterable[FacetValue], puestos: Iterable[str]) -> list[ValorDeFaceta]:
    """Esos valores, dichos para una persona; los puestos que no se contaron van al final, con cero."""
    puestos = tuple(dict.fromkeys(puestos))
    hechos = [ValorDeFaceta(str(v.value), etiqueta_de(campo, str(v.value)), v.count, str(v.value) in puestos) for v in contados]
    vistos = {v.valor for v in hechos}
    return hechos + [ValorDeFaceta(p, etiqueta_de(campo, p), 0, True) for p in puestos if p not in vistos]


def sugerencias(texto: str, lector: Lector) -> list[dict[str, str | int]]:
    """Formas de completar lo escrito, con las palabras de lo que esa persona puede ver."""
    limpio = texto.replace("\0", " ").lstrip()[:200]
    if not limpio.strip():
        return []
    return [{"texto": s.text, "total": s.count} for s in motor().suggest(limpio, ambito_de(lector))]


def total_publico(lector: Lector) -> int:
    """Cuántos documentos puede encontrar esa persona."""
    return contar_documentos(Peticion(), lector)


def contar_documentos(peticion: Peticion, lector: Lector) -> int:
    """Cuántos documentos da una petición a esa persona."""
    return motor().search(replace(pedido_entero(peticion, lector), limit=0)).total
