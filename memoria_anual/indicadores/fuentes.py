"""Las fuentes: de qué filas salen los renglones de un indicador, y con qué peso."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce, Substr

from memoria_anual.indicadores.declaracion import Celda, Desglose, Renglon, Totales
from memoria_anual.indicadores.periodos import Periodo

COLUMNAS_DE_ITEM: Mapping[str, str] = {
    "clave": "clave", "titulo": "titulo", "tipo": "tipo", "estado": "estado", "area": "area__nombre", "folio": "folio",
    "acceso": "acceso_efectivo",
}  # fmt: skip
ENTERO_PESO = 1
UNO = Decimal(1)
POCAS = 500
"""Hasta cuántas filas escogidas se piden por su llave; más, se recorren todas."""


def q_de_dias(periodo: Periodo) -> Q:
    """Los renglones cuyo día cae en el periodo; una fecha imprecisa cuenta por su primer día."""
    return Q(_dia__gte=periodo.desde, _dia__lte=periodo.hasta)


@dataclass(frozen=True)
class FuenteDeFilas:
    """Filas de una tabla, con una condición que no depende del periodo.

    `dia`: columna o expresión de la fecha local con que se decide el periodo. `peso`: expresión numérica de lo que aporta cada
    fila; sin ella, uno; con `sin_ceros`, lo que no aporta no aparece. `fila`: la columna que identifica lo contado. `en_periodo`: si la pertenencia no es «su día cae dentro» (una campaña que lo abarca). `columnas`: de
    dónde sale cada dato del renglón.
    """

    filas: Callable[[], QuerySet[Any]]
    clase: str = "item"
    dia: Any = "fecha"
    peso: Any = None
    grupos: tuple[Desglose, ...] = ()
    en_periodo: Callable[[Periodo], Q] = q_de_dias
    columnas: Mapping[str, str] = field(default_factory=lambda: COLUMNAS_DE_ITEM)
    area: str = "area_id"
    fila: str = "pk"
    sin_ceros: bool = False

    def consulta(self, periodo: Periodo) -> QuerySet[Any]:
        """Las filas que cuentan, con `_dia`, `_mes`, `_area`, `_peso` y `_g0`, `_g1`… anotados."""
        dia = F(self.dia) if isinstance(self.dia, str) else self.dia
        anotadas = self.filas().order_by().annotate(_dia=dia).filter(self.en_periodo(periodo))
        grupos = {f"_g{n}": Coalesce(Cast(g.expresion, CharField()), Value("")) for n, g in enumerate(self.grupos)}
        hechas = anotadas.annotate(
            _mes=Substr(Cast(F("_dia"), CharField()), 1, 7),
            _area=Cast(F(self.area), CharField()) if self.area else Value(""),
            _peso=self.peso if self.peso is not None else Value(ENTERO_PESO),
            **grupos,
        )
        return hechas.filter(_peso__gt=0) if self.sin_ceros else hechas

    def totales(self, periodo: Periodo) -> Totales:
        """Una consulta, sin agrupar."""
        filas = self.consulta(periodo)
        if self.peso is None:
            cuantas = filas.count()
            return Totales(cuantas, Decimal(cuantas))
        hechos = filas.aggregate(n=Count("pk"), s=Sum("_peso"))
        return Totales(hechos["n"], decimal(hechos["s"]))

    def pesos(self, periodo: Periodo) -> list[tuple[int, Decimal]]:
        """Sólo dos columnas de la lista."""
        pares = self.consulta(periodo).order_by("_dia", self.fila).values_list(self.fila, "_peso")
        if self.peso is None:
            return [(pk, UNO) for pk, _ in pares]
        return [(pk, decimal(peso)) for pk, peso in pares]

    def celdas(self, periodo: Periodo) -> list[Celda]:
        """El total repartido. Una consulta agrupada."""
        nombres = [f"_g{n}" for n in range(len(self.grupos))]
        agrupadas = self.consulta(periodo).values_list("_mes", "_area", *nombres)
        sumadas = (
            agrupadas.annotate(_n=Count("pk"), _s=Sum("_peso")) if self.peso is not None else agrupadas.annotate(_n=Count("pk"))
        )
        return [_celda(fila, len(nombres), con_peso=self.peso is not None) for fila in sumadas]

    def renglones(self, periodo: Periodo, desde: int = 0, hasta: int | None = None) -> list[Renglon]:
        """La lista, por fecha y fila."""
        nombres = [f"_g{n}" for n in range(len(self.grupos))]
        campos = [*self.columnas.values()]
        filas = (
            self.consulta(periodo)
            .order_by("_dia", self.fila)
            .values_list(self.fila, "_dia", "_peso", *nombres, *campos)[desde:hasta]
        )
        corte = 3 + len(nombres)
        return [self._renglon(f[:3], f[3:corte], dict(zip(self.columnas, f[corte:], strict=True))) for f in filas]

    def _renglon(self, fila: tuple[Any, ...], grupos: tuple[str, ...], datos: dict[str, Any]) -> Renglon:
        pk, dia, peso = fila
        textos = {nombre: "" if valor is None else str(valor) for nombre, valor in datos.items()}
        return Renglon(clase=self.clase, objeto_id=pk, fecha=dia, peso=decimal(peso), grupos=tuple(grupos), **textos)


def decimal(numero: Any) -> Decimal:
    """El número que da la base, sin la basura binaria de un flotante; de un lapso, sus días."""
    if isinstance(numero, timedelta):
        return Decimal(str(numero / timedelta(days=1)))
    return Decimal(0) if numero is None else Decimal(str(numero))


def _celda(fila: tuple[Any, ...], grupos: int, *, con_peso: bool) -> Celda:
    mes, area, *lo_demas = fila
    cuantos = lo_demas[grupos]
    peso = decimal(lo_demas[grupos + 1]) if con_peso else Decimal(cuantos)
    return Celda(mes or "", str(area or ""), tuple(str(g) for g in lo_demas[:grupos]), cuantos, peso)


@dataclass(frozen=True)
class FuenteEscogida:
    """De las filas de otra fuente, las que una función escoge viéndolas todas juntas (la primera de cada grupo, la de cada día).

    `escoger` recibe los pares (fila, día) en orden y el periodo, y devuelve las filas que quedan.
    """

    base: FuenteDeFilas
    escoger: Callable[[list[tuple[int, date]], Periodo], set[int]]

    @property
    def grupos(self) -> tuple[Desglose, ...]:
        """Los de su base."""
        return self.base.grupos

    @property
    def clase(self) -> str:
        """La de su base."""
        return self.base.clase

    def _escogidas(self, periodo: Periodo) -> list[int]:
        """Las que quedan, en orden."""
        pares = list(self.base.consulta(periodo).order_by("_dia", "pk").values_list("pk", "_dia"))
        quedan = self.escoger(pares, periodo)
        return [pk for pk, _ in pares if pk in quedan]

    def totales(self, periodo: Periodo) -> Totales:
        """Cuántas se escogen."""
        cuantas = len(self._escogidas(periodo))
        return Totales(cuantas, Decimal(cuantas))

    def pesos(self, periodo: Periodo) -> list[tuple[int, Decimal]]:
        """Cada escogida aporta uno."""
        return [(pk, UNO) for pk in self._escogidas(periodo)]

    def celdas(self, periodo: Periodo) -> list[Celda]:
        """Las celdas de las escogidas. Dos consultas."""
        quedan = set(self._escogidas(periodo))
        nombres = [f"_g{n}" for n in range(len(self.grupos))]
        filas = self.base.consulta(periodo).values_list("pk", "_mes", "_area", *nombres)
        return contar((f[1] or "", str(f[2] or ""), tuple(f[3:])) for f in filas if f[0] in quedan)

    def renglones(self, periodo: Periodo, desde: int = 0, hasta: int | None = None) -> list[Renglon]:
        """Los renglones de las escogidas; de un tramo corto sólo se leen los suyos."""
        escogidas = self._escogidas(periodo)[desde:hasta]
        if len(escogidas) <= POCAS:
            base = self.base
            return replace(base, filas=lambda: base.filas().filter(pk__in=escogidas)).renglones(periodo)
        quedan = set(escogidas)
        return [r for r in self.base.renglones(periodo) if r.objeto_id in quedan]


def contar(ternas: Iterable[tuple[str, str, tuple[str, ...]]]) -> list[Celda]:
    """Celdas de cuenta, desde (mes, área, grupos) de cada renglón."""
    return [Celda(mes, area, grupos, n, Decimal(n)) for (mes, area, grupos), n in Counter(ternas).items()]
