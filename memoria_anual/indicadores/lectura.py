"""Leer una lista entera una sola vez: sus filas en orden, lo que pesa cada una, sus totales y su reparto salen de los mismos renglones."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import batched
from typing import Any

LOTE = 10_000
LARGO_DE_MES = 7

type Parte = tuple[Any, ...]
"""Un renglón con sólo lo que hace falta para contarlo: `(fila, peso, día, área, *grupos)`.

El día es texto `AAAA-MM-DD`; el área, su clave primaria; los grupos, la clave de su porción en cada desglose propio. Lo que no se
sabe es None.
"""


@dataclass(frozen=True)
class Totales:
    """Cuántos renglones, y cuánto pesan juntos."""

    elementos: int = 0
    peso: Decimal = Decimal(0)

    @classmethod
    def de(cls, pesos: Sequence[Any]) -> "Totales":
        """Los de esos pesos, uno por renglón, tal como los da la base."""
        return cls(len(pesos), sum((veces * decimal(p) for p, veces in Counter(pesos).items()), Decimal(0)))

    def mas(self, otros: "Totales") -> "Totales":
        """Los dos juntos."""
        return Totales(self.elementos + otros.elementos, self.peso + otros.peso)


@dataclass(frozen=True)
class Lectura:
    """Lo que se sabe de una lista leída entera. `pesos` vacío: uno cada una.

    `partes`: nombre del desglose → clave de la porción (texto, «» si no se sabe) → totales.
    """

    totales: Totales
    filas: Sequence[int]
    pesos: Sequence[Decimal]
    partes: Mapping[str, Mapping[str, Totales]]


def decimal(numero: Any) -> Decimal:
    """El número que da la base, sin la basura binaria de un flotante; de un lapso, sus días."""
    if isinstance(numero, timedelta):
        return Decimal(str(numero / timedelta(days=1)))
    return Decimal(0) if numero is None else Decimal(str(numero))


def leer(partes: Iterable[Parte], grupos: Sequence[str]) -> Lectura:
    """La lectura de esos renglones. `grupos`: cómo se llaman sus desgloses propios, en su orden."""
    nombres = ("mes", "area", *grupos)
    cuentas: dict[str, Counter[tuple[Any, Any]]] = {nombre: Counter() for nombre in nombres}
    filas, crudos = array("q"), list[Any]()
    for lote in batched(partes, LOTE):
        suyas, pesos, *claves = zip(*lote, strict=True)
        filas.extend(suyas)
        crudos.extend(pesos)
        for nombre, de_cada_una in zip(nombres, claves, strict=True):
            cuentas[nombre].update(zip(de_cada_una, pesos, strict=True))
    distintos = {crudo: decimal(crudo) for crudo in set(crudos)}
    reparto = {nombre: _sumar(cuenta, LARGO_DE_MES if nombre == "mes" else None) for nombre, cuenta in cuentas.items()}
    de_uno = all(peso == 1 for peso in distintos.values())
    return Lectura(Totales.de(crudos), filas, () if de_uno else [distintos[crudo] for crudo in crudos], reparto)


def _sumar(cuenta: Mapping[tuple[Any, Any], int], largo: int | None) -> Mapping[str, Totales]:
    """Los totales de cada clave; con `largo`, se juntan las que empiezan igual."""
    sumas: dict[str, Totales] = defaultdict(Totales)
    for (clave, peso), veces in cuenta.items():
        dicha = "" if clave is None else str(clave)[:largo]
        sumas[dicha] = sumas[dicha].mas(Totales(veces, veces * decimal(peso)))
    return dict(sumas)
