"""Las fuentes: de qué filas salen los renglones de un indicador, y con qué peso."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, F, Field, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast

from memoria_anual.indicadores.declaracion import Desglose, Renglon
from memoria_anual.indicadores.lectura import LOTE, Parte, Totales, decimal
from memoria_anual.indicadores.periodos import Periodo

COLUMNAS_DE_ITEM: Mapping[str, str] = {
    "clave": "clave", "titulo": "titulo", "tipo": "tipo", "estado": "estado", "area": "area__nombre", "folio": "folio",
    "acceso": "acceso_efectivo",
}  # fmt: skip
UNO = Value(1, output_field=Field())
"""Sin declararlo entero: si no, Django lo convierte fila por fila, y en una lista larga es un tercio de leerla."""


def q_de_dias(periodo: Periodo) -> Q:
    """Los renglones cuyo día cae en el periodo; una fecha imprecisa cuenta por su primer día."""
    return Q(_dia__gte=periodo.desde, _dia__lte=periodo.hasta)


@dataclass(frozen=True)
class FuenteDeFilas:
    """Filas de una tabla, con una condición que no depende del periodo.

    `dia`: columna o expresión de la fecha local con que se decide el periodo. `peso`: expresión numérica de lo que aporta cada
    fila; sin ella, uno; con `sin_ceros`, lo que no aporta no aparece. `fila`: la columna que identifica lo contado. `en_periodo`:
    si la pertenencia no es «su día cae dentro» (una campaña que lo abarca). `columnas`: de dónde sale cada dato del renglón.
    Todas son fijas: lo que depende de la hora (qué es público ahora) va en `filas`, que se pregunta cada vez.
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
        """Las filas que cuentan, por fecha y fila, con `_dia`, `_peso` y `_g0`, `_g1`… anotados."""
        dia = F(self.dia) if isinstance(self.dia, str) else self.dia
        anotadas = self.filas().annotate(_dia=dia).filter(self.en_periodo(periodo))
        grupos = {f"_g{n}": g.expresion for n, g in enumerate(self.grupos)}
        peso = self.peso if self.peso is not None else UNO
        return anotadas.annotate(_peso=peso, **grupos).order_by("_dia", self.fila)

    def totales(self, periodo: Periodo) -> Totales:
        """Una consulta, sin agrupar."""
        filas = self.consulta(periodo).order_by()
        if self.peso is None:
            cuantas = filas.count()
            return Totales(cuantas, Decimal(cuantas))
        if self.sin_ceros:
            return Totales.de([p for p in filas.values_list("_peso", flat=True).iterator(chunk_size=LOTE) if p])
        hechos = filas.aggregate(n=Count("pk"), s=Sum("_peso"))
        return Totales(hechos["n"], decimal(hechos["s"]))

    def recorrer(self, periodo: Periodo) -> Iterator[Parte]:
        """Una consulta. El peso que no aporta se salta aquí: en la condición se calcularía otra vez por fila."""
        dia, area = Cast(F("_dia"), CharField()), F(self.area) if self.area else Value("")
        filas = self.consulta(periodo).values_list(self.fila, "_peso", dia, area, *self._de_grupos()).iterator(chunk_size=LOTE)
        return (f for f in filas if f[1]) if self.sin_ceros else filas

    def renglones(self, periodo: Periodo, filas: Collection[int] | None = None) -> Iterator[Renglon]:
        """La lista, por fecha y fila."""
        consulta = self.consulta(periodo) if filas is None else self.consulta(periodo).filter(**{f"{self.fila}__in": filas})
        corte = 3 + len(self.grupos)
        campos = [self.fila, "_dia", "_peso", *self._de_grupos(), *self.columnas.values()]
        for f in consulta.values_list(*campos).iterator(chunk_size=LOTE):
            if f[2] or not self.sin_ceros:
                yield self._renglon(f[:3], f[3:corte], dict(zip(self.columnas, f[corte:], strict=True)))

    def _de_grupos(self) -> list[str]:
        return [f"_g{n}" for n in range(len(self.grupos))]

    def _renglon(self, fila: tuple[Any, ...], grupos: tuple[str, ...], datos: dict[str, Any]) -> Renglon:
        pk, dia, peso = fila
        textos = {nombre: "" if valor is None else str(valor) for nombre, valor in datos.items()}
        porciones = tuple("" if g is None else str(g) for g in grupos)
        return Renglon(clase=self.clase, objeto_id=pk, fecha=dia, peso=decimal(peso), grupos=porciones, **textos)
