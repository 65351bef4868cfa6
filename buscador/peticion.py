"""Lo que se pide: texto, filtros, orden y página. Igual para la página, la orden y el canal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from archivo.indexacion.puerta import es_filtro, esquema, etiquetas
from archivo.portal.puerta import LARGO_DE_CONSULTA
from search import MAX_OFFSET, Between, Filter, In, Integer, date_interval

ORDENES = {"relevancia": "relevance", "fecha": "date", "-fecha": "-date", "titulo": "title"}
MODOS = {"auto": "auto", "todas": "all", "algunas": "some"}
TAMANO_MAXIMO = 100
ALCANCE = MAX_OFFSET
"""Hasta aquí el motor salta directamente; más allá se sigue desde una clave o se recorre la lista."""
CIFRAS_DE_ENTERO = 9
VALORES_POR_FILTRO = 100


class PeticionInutilizable(ValueError):
    """Lo pedido no se entiende; el mensaje dice qué escribir."""


@dataclass(frozen=True)
class Peticion:
    """Una búsqueda. `filtros`: campo → valores tal como están escritos; los de un campo son alternativas.

    `tras`: la clave del último de la página anterior; más allá de lo que el motor salta, por fecha se sigue desde ella.
    """

    texto: str = ""
    filtros: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    orden: str = "relevancia"
    pagina: int = 1
    tamano: int = 20
    modo: str = "auto"
    tras: str = ""

    def __post_init__(self) -> None:
        if self.orden not in ORDENES:
            raise PeticionInutilizable(f"No se ordena por «{self.orden}». Use uno de: {', '.join(ORDENES)}.")
        if self.modo not in MODOS:
            raise PeticionInutilizable(f"No existe el modo «{self.modo}». Use uno de: {', '.join(MODOS)}.")
        if not 1 <= self.tamano <= TAMANO_MAXIMO:
            raise PeticionInutilizable(f"El tamaño de página va de 1 a {TAMANO_MAXIMO}.")
        if self.pagina < 1:
            raise PeticionInutilizable("Las páginas se cuentan desde 1.")

    @property
    def comienzo(self) -> int:
        """Cuántos resultados quedan antes de esta página."""
        return (self.pagina - 1) * self.tamano

    def filtros_del_motor(self) -> dict[str, Filter]:
        """Los filtros como los entiende el motor; un valor que no cabe en su campo lanza `PeticionInutilizable`."""
        hechos: dict[str, Filter] = {}
        for campo, valores in self.filtros.items():
            nombre, filtro = filtro_del_motor(campo, valores)
            hechos[nombre] = filtro
        return hechos


def filtro_del_motor(campo: str, valores: Iterable[str]) -> tuple[str, Filter]:
    """El filtro de un campo. `fecha` es un intervalo; los campos de números, números; lo demás, textos exactos.

    Raises:
        PeticionInutilizable: no hay ese filtro, o el valor no tiene su forma.
    """
    dados = [v for v in valores if v != ""]
    if not es_filtro(campo):
        raise PeticionInutilizable(f"No hay un filtro «{campo}». Use uno de: {', '.join([*etiquetas(), 'fecha'])}.")
    if len(dados) > VALORES_POR_FILTRO:
        raise PeticionInutilizable(f"El filtro «{campo}» admite hasta {VALORES_POR_FILTRO} valores.")
    if campo == "fecha":
        return "date", _entre_fechas(dados)
    if isinstance(esquema().by_name[campo], Integer):
        return campo, In(frozenset(_entero(campo, v) for v in dados))
    return campo, In(frozenset(dados))


def _entero(campo: str, valor: str) -> int:
    if not (valor.isascii() and valor.isdigit() and len(valor) <= CIFRAS_DE_ENTERO):
        raise PeticionInutilizable(f"El filtro «{campo}» espera un número, por ejemplo {campo}=1994.")
    return int(valor)


def _entre_fechas(valores: list[str]) -> Between:
    if len(valores) != 1:
        raise PeticionInutilizable("El filtro «fecha» admite un solo intervalo, por ejemplo fecha=1990..1995-03.")
    desde, dos_puntos, hasta = (p.strip() for p in valores[0].partition(".."))
    if not dos_puntos:
        hasta = desde
    if not (desde or hasta) or any(d and date_interval(d) is None for d in (desde, hasta)):
        raise PeticionInutilizable("No se entiende la fecha. Escríbala como 1990, 1995-03 o 1990..1995-03.")
    return Between(desde or None, hasta or None)


def leer_filtros(pares: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Los filtros de la orden, cada uno `CAMPO=VALOR`; repetir un campo suma alternativas."""
    leidos: dict[str, tuple[str, ...]] = {}
    for par in pares:
        campo, igual, valor = par.partition("=")
        if not igual or not valor:
            raise PeticionInutilizable(f"Escriba el filtro como CAMPO=VALOR; llegó «{par}».")
        leidos[campo] = (*leidos.get(campo, ()), valor)
    return leidos


def peticion_de(dato: Mapping[str, Any]) -> Peticion:
    """La petición de un renglón de `--lote`: `texto` y, si se quiere, filtros, orden, pagina, tamano y modo.

    Raises:
        PeticionInutilizable: falta el texto o algo no tiene su forma.
    """
    texto = dato.get("texto")
    if not isinstance(texto, str):
        raise PeticionInutilizable("Cada renglón lleva un «texto».")
    filtros = dato.get("filtros") or {}
    if not isinstance(filtros, dict):
        raise PeticionInutilizable("Los filtros van como {CAMPO: [VALOR, …]}.")
    leidos = {str(c): tuple(map(str, v if isinstance(v, list) else [v])) for c, v in filtros.items()}
    return Peticion(
        texto=texto[:LARGO_DE_CONSULTA],
        filtros=leidos,
        orden=str(dato.get("orden") or "relevancia"),
        pagina=_numero(dato, "pagina", 1),
        tamano=_numero(dato, "tamano", 20),
        modo=str(dato.get("modo") or "auto"),
    )


def _numero(dato: Mapping[str, Any], clave: str, predeterminado: int) -> int:
    valor = dato.get(clave)
    if valor is None:
        return predeterminado
    if not isinstance(valor, int) or isinstance(valor, bool):
        raise PeticionInutilizable(f"«{clave}» es un número entero.")
    return valor
