"""Los dos lados de una comparación: un corte guardado, o lo que hay ahora.

De cada cosa contada sólo se guarda una seña (en memoria, de este proceso); lo demás se pide de las que cambiaron.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import batched, repeat
from typing import Any, Protocol

from memoria_anual.cortes.lecturas import leer_entera
from memoria_anual.cortes.models import CifraDeCorte, Corte, ElementoDeCorte
from memoria_anual.indicadores.puerta import Indicador, IndicadorDesconocido, Periodo, Renglon, indicador, indicadores, valor_de

type Llave = tuple[str, int]
LOTE = 2_000
UNO = Decimal(1)
_VISTOS = ("clave", "tipo", "titulo", "folio", "fecha", "estado", "area")


@dataclass(frozen=True)
class Contado:
    """Lo que se sabe de una cosa contada, en un lado de la comparación."""

    clase: str
    objeto_id: int
    clave: str
    tipo: str
    titulo: str
    folio: str
    fecha: date | None
    estado: str
    area: str
    peso: Decimal

    @property
    def llave(self) -> Llave:
        """Qué fila es."""
        return (self.clase, self.objeto_id)


@dataclass(frozen=True)
class Cara:
    """Una cifra de un lado: su valor, la regla en palabras y cuánto aporta cada cosa de su lista."""

    clave: str
    nombre: str
    valor: Decimal | None
    cuenta: str
    pesos: Mapping[Llave, Decimal]


class Lado(Protocol):
    """Lo que se compara."""

    @property
    def senas(self) -> Mapping[Llave, int]:
        """La seña de lo que ya se leyó: cambia si cambia algo de lo que se compara."""
        ...

    def claves(self) -> list[str]:
        """Las de sus cifras, en orden."""
        ...

    def cara(self, clave: str) -> Cara | None:
        """Esa cifra, o None si de este lado no existe."""
        ...

    def contados(self, pesos: Mapping[Llave, Decimal]) -> dict[Llave, Contado]:
        """Lo que se sabe de esas cosas."""
        ...


class LadoDeCorte:
    """Lo que un corte congeló."""

    def __init__(self, corte: Corte) -> None:
        self._corte = corte
        self._llaves: list[Llave] = []
        self._lugares: dict[Llave, int] = {}
        self.senas: dict[Llave, int] = {}
        filas = corte.elementos.order_by("n").values_list("n", "clase", "objeto_id", *_VISTOS)
        for n, clase, objeto_id, *vistos in filas.iterator(chunk_size=LOTE):
            llave = (clase, objeto_id)
            self._llaves.append(llave)
            self._lugares[llave] = n
            self.senas[llave] = hash(tuple(vistos))

    def claves(self) -> list[str]:
        """Las que se cortaron."""
        return list(self._corte.cifras.order_by("orden").values_list("clave", flat=True))

    def cara(self, clave: str) -> Cara | None:
        """Una consulta."""
        cifra: CifraDeCorte | None = self._corte.cifra(clave)
        if cifra is None:
            return None
        aportes = (Decimal(p) for p in cifra.pesos) if cifra.pesos else repeat(UNO, len(cifra.lista))
        pesos = {self._llaves[n]: peso for n, peso in zip(cifra.lista, aportes, strict=True)}
        return Cara(clave, cifra.nombre, cifra.valor, cifra.regla.get("cuenta", ""), pesos)

    def contados(self, pesos: Mapping[Llave, Decimal]) -> dict[Llave, Contado]:
        """De las filas del corte, por lotes."""
        hechos: dict[Llave, Contado] = {}
        for lote in batched(pesos, LOTE):
            suyos = ElementoDeCorte.objects.filter(corte=self._corte, n__in=[self._lugares[llave] for llave in lote])
            hechos |= {c.llave: c for c in (_contado(e, pesos[e.clase, e.objeto_id]) for e in suyos)}
        return hechos


@dataclass
class LadoDeAhora:
    """Lo que el archivo dice ahora. `antes`: el otro lado; de lo que ahí era igual no se guarda nada más."""

    periodo: Periodo
    antes: Lado
    senas: dict[Llave, int] = field(default_factory=dict)
    _distintos: dict[Llave, Renglon] = field(default_factory=dict)

    def claves(self) -> list[str]:
        """Las de los indicadores en uso."""
        return [i.clave for i in indicadores()]

    def cara(self, clave: str) -> Cara | None:
        """La lista de ahora, leída una vez; un indicador que ya no está en uso también se cuenta."""
        try:
            regla: Indicador = indicador(clave)
        except IndicadorDesconocido:
            return None
        lectura = leer_entera(regla, self.periodo, self.senas, self._anotar)
        aportes = lectura.pesos or repeat(UNO, len(lectura.filas))
        pesos = {(regla.fuente.clase, fila): peso for fila, peso in zip(lectura.filas, aportes, strict=True)}
        return Cara(clave, regla.nombre, valor_de(regla, lectura.totales, self.periodo), regla.cuenta, pesos)

    def contados(self, pesos: Mapping[Llave, Decimal]) -> dict[Llave, Contado]:
        """De lo que se leyó; lo que es igual en el corte, del corte."""
        iguales = {llave: peso for llave, peso in pesos.items() if llave not in self._distintos}
        nuevos = {llave: _contado(self._distintos[llave], pesos[llave]) for llave in pesos if llave in self._distintos}
        return nuevos | (self.antes.contados(iguales) if iguales else {})

    def _anotar(self, renglones: Iterable[Renglon]) -> None:
        for r in renglones:
            llave = (r.clase, r.objeto_id)
            if llave not in self.senas:
                self.senas[llave] = hash(tuple(getattr(r, campo) for campo in _VISTOS))
                if self.antes.senas.get(llave) != self.senas[llave]:
                    self._distintos[llave] = r


def _contado(de: Any, peso: Decimal) -> Contado:
    return Contado(de.clase, de.objeto_id, de.clave, de.tipo, de.titulo, de.folio, de.fecha, de.estado, de.area, peso)
