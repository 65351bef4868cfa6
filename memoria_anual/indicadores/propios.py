"""Indicadores armados en la oficina con una búsqueda: la misma que la página de buscar, contada y con su lista exacta."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from heapq import merge
from itertools import batched
from typing import Any

from django.db.models import F, QuerySet

from archivo.catalogo.puerta import Autoridad, Item, SerieDeNumeracion, tipo_de
from buscador.puerta import Peticion, PeticionInutilizable, claves_de_la_oficina
from memoria_anual.indicadores.declaracion import Desglose, Indicador, Origen, Renglon
from memoria_anual.indicadores.fuentes import FuenteDeFilas
from memoria_anual.indicadores.lectura import Parte, Totales
from memoria_anual.indicadores.models import IndicadorPropio
from memoria_anual.indicadores.periodos import Periodo
from memoria_anual.indicadores.reglas.comunes import EMITIDOS, elementos

LOTE = 5_000
__all__ = ["POR_MEDIO", "POR_SERIE", "POR_TIPO", "PeticionInutilizable", "como_indicador", "peticion_de"]


def _de_tipos(claves: Collection[str]) -> Mapping[str, str]:
    return {c: tipo_de(c).nombre_plural for c in claves}


def _de_series(claves: Collection[str]) -> Mapping[str, str]:
    return dict(SerieDeNumeracion.objects.filter(clave__in=claves).values_list("clave", "nombre"))


def _de_medios(claves: Collection[str]) -> Mapping[str, str]:
    llaves = [int(c) for c in claves if c]
    return {str(pk): nombre for pk, nombre in Autoridad.objects.filter(pk__in=llaves).values_list("pk", "nombre")}


POR_TIPO = Desglose("tipo", "Por tipo de documento", F("tipo"), _de_tipos)
POR_SERIE = Desglose("serie", "Por serie", F("serie__clave"), _de_series)
POR_MEDIO = Desglose("medio", "Por medio", F("medio_id"), _de_medios)
_AGRUPACIONES = {d.clave: d for d in (POR_TIPO, POR_SERIE, POR_MEDIO)}


def _con_claves(claves: list[str]) -> QuerySet[Item]:
    return elementos(EMITIDOS).filter(clave__in=claves)


@dataclass(frozen=True)
class FuenteDeBusqueda:
    """Lo emitido en el periodo que una búsqueda encuentra. Cuenta lo que cualquiera de la oficina puede ver, no lo reservado."""

    peticion: Peticion
    grupo: Desglose
    clase: str = "item"

    @property
    def grupos(self) -> tuple[Desglose, ...]:
        """Su agrupación."""
        return (self.grupo,)

    def _partes(self, periodo: Periodo) -> Iterator[FuenteDeFilas]:
        """La misma regla por tramos de claves: ninguna base admite cien mil en una consulta."""
        claves = claves_de_la_oficina(self.peticion, periodo.desde, periodo.hasta)
        for tramo in batched(claves, LOTE):
            yield FuenteDeFilas(partial(_con_claves, list(tramo)), grupos=self.grupos)

    def totales(self, periodo: Periodo) -> Totales:
        """Los de todos los tramos."""
        cuantos = sum(parte.totales(periodo).elementos for parte in self._partes(periodo))
        return Totales(cuantos, Decimal(cuantos))

    def recorrer(self, periodo: Periodo) -> Iterator[Parte]:
        """Los renglones de todos los tramos, por fecha y fila."""
        return merge(*(parte.recorrer(periodo) for parte in self._partes(periodo)), key=lambda p: (p[2] or "", p[0]))

    def renglones(self, periodo: Periodo, filas: Collection[int] | None = None) -> Iterator[Renglon]:
        """Los renglones de todos los tramos, por fecha y fila."""
        partes = [FuenteDeFilas(partial(elementos, EMITIDOS), grupos=self.grupos)] if filas is not None else self._partes(periodo)
        return merge(*(p.renglones(periodo, filas) for p in partes), key=lambda r: (r.fecha or date.min, r.objeto_id))


def peticion_de(texto: str, filtros: Mapping[str, Any]) -> Peticion:
    """La búsqueda que dicen unas palabras y unos filtros; todas las palabras deben estar.

    Raises:
        PeticionInutilizable: un filtro no existe o su valor no se entiende.
    """
    limpios = {c: tuple(map(str, v)) for c, v in filtros.items() if v}
    peticion = Peticion(texto=texto, filtros=limpios, modo="todas")
    peticion.filtros_del_motor()
    return peticion


def como_indicador(propio: IndicadorPropio) -> Indicador:
    """La declaración que hace un indicador propio."""
    filtros = "; ".join(f"{c} = {', '.join(map(str, v))}" for c, v in propio.filtros.items() if v)
    return Indicador(
        clave=propio.clave,
        nombre=propio.nombre,
        unidad=propio.unidad,
        cuenta=f"{propio.cuenta.rstrip('. ')}. Búsqueda: «{propio.texto}»{f' con {filtros}' if filtros else ''}.",
        excluye="Lo que no está publicado o archivado; lo reservado y lo confidencial.",
        fuente=FuenteDeBusqueda(peticion_de(propio.texto, propio.filtros), _AGRUPACIONES[propio.agrupacion]),
        origen=Origen.CONSULTA,
    )
