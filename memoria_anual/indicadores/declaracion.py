"""Qué declara un indicador: una regla de conteo dicha en palabras y en la fuente que da, exacta, la lista de lo que cuenta."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

from memoria_anual.indicadores.lectura import Lectura, Parte, Totales, leer
from memoria_anual.indicadores.periodos import Periodo


class Semantica(StrEnum):
    """Cómo se suma en el tiempo."""

    FLUJO = "flujo"
    """Lo que pasó en el periodo: los cuatro trimestres suman el año."""
    EXISTENCIA = "existencia"
    """Lo que había en el periodo: los trimestres no se suman."""
    RAZON = "razon"
    """Un porcentaje o un promedio: tampoco se suma."""


class Medida(StrEnum):
    """Cómo se hace el valor desde los renglones de la lista, cada uno con su peso."""

    CUENTA = "cuenta"
    SUMA = "suma"
    PORCENTAJE = "porcentaje"
    PROMEDIO = "promedio"


class Origen(StrEnum):
    """De dónde sale la cifra."""

    REGLA = "regla"
    CAPTURA = "captura"
    CONSULTA = "consulta"


@dataclass(frozen=True)
class Renglon:
    """Una cosa contada. `clase`: `item`, `expediente`, `medicion`…; `peso`: cuánto aporta (1 en una cuenta)."""

    clase: str
    objeto_id: int
    clave: str
    fecha: date | None
    titulo: str
    tipo: str = ""
    estado: str = ""
    area: str = ""
    folio: str = ""
    acceso: str = ""
    peso: Decimal = Decimal(1)
    grupos: tuple[str, ...] = ()
    """La porción que le toca en cada desglose propio del indicador, en su orden."""


def _tal_cual(claves: Collection[str]) -> Mapping[str, str]:
    """Las claves ya se entienden."""
    return {c: c for c in claves}


@dataclass(frozen=True)
class Desglose:
    """Un reparto propio de la cifra. `expresion`: columna o expresión SQL de la que sale la clave de cada porción (texto).

    `rotulos` dice esas claves a una persona: las recibe todas a la vez.
    """

    clave: str
    nombre: str
    expresion: Any = None
    rotulos: Callable[[Collection[str]], Mapping[str, str]] = _tal_cual


class Fuente(Protocol):
    """De dónde salen los renglones de un indicador. Las dos preguntas se contestan con la misma regla."""

    @property
    def grupos(self) -> tuple[Desglose, ...]:
        """Los desgloses propios, además del mes y el área."""
        ...

    @property
    def clase(self) -> str:
        """De qué clase son sus renglones: `item`, `expediente`…"""
        ...

    def totales(self, periodo: Periodo) -> Totales:
        """Cuántos renglones y cuánto pesan juntos. Lo más barato que se puede preguntar."""
        ...

    def recorrer(self, periodo: Periodo) -> Iterator[Parte]:
        """La lista, en su orden y de una sola lectura, con lo que hace falta para sumarla y repartirla."""
        ...

    def renglones(self, periodo: Periodo, filas: Collection[int] | None = None) -> Iterator[Renglon]:
        """La lista exacta, por fecha y fila; o sólo esas filas, de las que dio `recorrer` (unas cuantas)."""
        ...


@dataclass(frozen=True)
class Indicador:
    """Una regla de conteo declarada.

    `cuenta`, `excluye` y `base`: la regla en palabras, como se imprime al pie de la cifra. `denominador`: entre qué se divide
    un porcentaje o un promedio; sin él, entre los renglones de la lista. `divisor`: entre qué se divide la suma de pesos (de
    segundos a minutos). `capitulo`: en qué capítulo de la memoria se muestra.
    """

    clave: str
    nombre: str
    unidad: str
    cuenta: str
    fuente: Fuente
    excluye: str = ""
    base: str = "La fecha local del documento."
    semantica: Semantica = Semantica.FLUJO
    medida: Medida = Medida.CUENTA
    denominador: Callable[[Periodo], int] | None = None
    divisor: int = 1
    capitulo: int = 16
    origen: Origen = Origen.REGLA

    @property
    def desgloses(self) -> tuple[str, ...]:
        """Las claves de sus repartos."""
        por_mes = () if self.semantica is Semantica.EXISTENCIA else ("mes",)
        return (*por_mes, "area", *(d.clave for d in self.fuente.grupos))

    def leer(self, periodo: Periodo) -> Lectura:
        """Su lista de ese periodo, leída entera una vez."""
        return leer(self.fuente.recorrer(periodo), [d.clave for d in self.fuente.grupos])

    def regla(self) -> dict[str, Any]:
        """Lo declarado, listo para guardarse junto a la cifra."""
        return {
            "cuenta": self.cuenta, "excluye": self.excluye, "base": self.base, "origen": str(self.origen), "capitulo": self.capitulo,
            "divisor": self.divisor,
        }  # fmt: skip


@dataclass(frozen=True)
class Porcion:
    """Una parte de la cifra en un desglose."""

    clave: str
    rotulo: str
    valor: Decimal | None
    elementos: int


@dataclass(frozen=True)
class Cifra:
    """El valor de un indicador en un periodo. `valor` None es «no hay dato» (n/a), nunca cero.

    `anterior`: el mismo periodo un año antes; `anterior_capturado`, si se tecleó de un informe viejo.
    """

    indicador: Indicador
    periodo: Periodo
    valor: Decimal | None
    elementos: int
    anterior: Decimal | None = None
    anterior_capturado: bool = False
    capturada: bool = False
    nota: str = ""
    numerador: Decimal | None = None
    denominador: Decimal | None = None

    @cached_property
    def lectura(self) -> Lectura:
        """Su lista, leída una vez cuando hace falta."""
        return self.indicador.leer(self.periodo)

    @property
    def clave(self) -> str:
        """La del indicador."""
        return self.indicador.clave

    @property
    def nombre(self) -> str:
        """El del indicador."""
        return self.indicador.nombre

    @property
    def unidad(self) -> str:
        """La del indicador."""
        return self.indicador.unidad
