"""Fuentes hechas de otra: las filas que se escogen viéndolas juntas, o todas menos unas cuantas."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from memoria_anual.indicadores.declaracion import Desglose, Renglon
from memoria_anual.indicadores.fuentes import FuenteDeFilas
from memoria_anual.indicadores.lectura import Parte, Totales
from memoria_anual.indicadores.periodos import Periodo


@dataclass(frozen=True)
class _DeOtra:
    """Lo que toma tal cual de la fuente en que se basa, que cuenta uno por fila."""

    base: FuenteDeFilas

    @property
    def grupos(self) -> tuple[Desglose, ...]:
        """Los de su base."""
        return self.base.grupos

    @property
    def clase(self) -> str:
        """La de su base."""
        return self.base.clase


@dataclass(frozen=True)
class FuenteEscogida(_DeOtra):
    """De las filas de otra fuente, las que una función escoge viéndolas todas juntas (la primera de cada día).

    `escoger` recibe los pares (fila, día) en orden y devuelve las filas que quedan.
    """

    escoger: Callable[[list[tuple[int, date]]], set[int]]

    def recorrer(self, periodo: Periodo) -> Iterator[Parte]:
        """Las que quedan, en orden. Una consulta."""
        partes = list(self.base.recorrer(periodo))
        quedan = self.escoger([(p[0], date.fromisoformat(p[2])) for p in partes])
        return (p for p in partes if p[0] in quedan)

    def totales(self, periodo: Periodo) -> Totales:
        """Cuántas se escogen."""
        cuantas = sum(1 for _ in self.recorrer(periodo))
        return Totales(cuantas, Decimal(cuantas))

    def renglones(self, periodo: Periodo, filas: Collection[int] | None = None) -> Iterator[Renglon]:
        """Los renglones de las escogidas."""
        if filas is not None:
            return self.base.renglones(periodo, filas)
        quedan = {p[0] for p in self.recorrer(periodo)}
        return (r for r in self.base.renglones(periodo, filas) if r.objeto_id in quedan)


@dataclass(frozen=True)
class FuenteDescontada(_DeOtra):
    """Todas las filas de otra fuente menos las que sobran en el periodo, que se averiguan sin leer las demás.

    `sobran` devuelve sólo filas que la base cuenta en ese periodo, con su día (texto `AAAA-MM-DD`).
    """

    sobran: Callable[[Periodo], Mapping[int, str]]

    def de_una_lectura(self, *periodos: Periodo) -> "FuenteDescontada":
        """La misma, que ya averiguó de una vez lo que sobra en esos periodos: sirve para ellos, y no se guarda."""
        junto = Periodo(min(p.desde for p in periodos), max(p.hasta for p in periodos), "")
        averiguadas = self.sobran(junto)

        def de_ese(periodo: Periodo) -> Mapping[int, str]:
            desde, hasta = periodo.desde.isoformat(), periodo.hasta.isoformat()
            return {pk: dia for pk, dia in averiguadas.items() if desde <= dia <= hasta}

        return replace(self, sobran=de_ese)

    def totales(self, periodo: Periodo) -> Totales:
        """Las de la base menos las que sobran."""
        cuantas = self.base.totales(periodo).elementos - len(self.sobran(periodo))
        return Totales(cuantas, Decimal(cuantas))

    def recorrer(self, periodo: Periodo) -> Iterator[Parte]:
        """La lista de la base sin las que sobran."""
        sobran = self.sobran(periodo)
        return (p for p in self.base.recorrer(periodo) if p[0] not in sobran)

    def renglones(self, periodo: Periodo, filas: Collection[int] | None = None) -> Iterator[Renglon]:
        """Los renglones que quedan."""
        if filas is not None:
            return self.base.renglones(periodo, filas)
        sobran = self.sobran(periodo)
        return (r for r in self.base.renglones(periodo, filas) if r.objeto_id not in sobran)
