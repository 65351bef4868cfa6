"""Con qué se relaciona un elemento: sólo con lo que también puede ver quien lo lee."""

from dataclasses import dataclass, field
from typing import Any

from archivo.catalogo.puerta import Impacto, Item, Relacion, TipoDeItem, impacto_de, tipo_de
from archivo.identidad.puerta import Lector

POR_GRUPO = 50
DE_IMPACTO = "cobertura_de"


@dataclass(frozen=True)
class Enlace:
    """Un elemento relacionado y la relación que los une."""

    item: Item
    relacion: Relacion

    @property
    def tipo(self) -> TipoDeItem:
        """La declaración de su tipo."""
        return tipo_de(self.item.tipo)


@dataclass
class Grupo:
    """Los elementos unidos por la misma clase de relación, en un sentido. Se muestran hasta cincuenta."""

    rotulo: str
    de_ida: bool
    todos: list[Enlace] = field(default_factory=list)

    @property
    def enlaces(self) -> list[Enlace]:
        """Los que se muestran."""
        return self.todos[:POR_GRUPO]

    @property
    def total(self) -> int:
        """Cuántos son."""
        return len(self.todos)

    @property
    def resto(self) -> int:
        """Cuántos no se muestran."""
        return max(0, self.total - POR_GRUPO)


@dataclass(frozen=True)
class Seccion:
    """Una sección de un conjunto ordenado (la síntesis): sus notas en su lugar."""

    clave: str
    nombre: str
    notas: list[Relacion]


@dataclass(frozen=True)
class Vinculos:
    """Todo lo relacionado con un elemento, ya repartido."""

    grupos: list[Grupo]
    secciones: list[Seccion]
    de_otros: list[Relacion]
    impacto: Impacto | None


def vinculos_de(item: Item, lector: Lector) -> Vinculos:
    """Las relaciones de ida y de vuelta con lo que esa persona puede ver. Dos consultas, y una más si hay impacto en medios."""
    if item.pk is None:
        return Vinculos([], [], [], None)
    visibles = Item.objects.visibles_para(lector)
    suyas = list(_ordenadas(item.relaciones.filter(destino__in=visibles).select_related("destino__medio")))
    de_otros = list(_ordenadas(item.relaciones_inversas.filter(origen__in=visibles).select_related("origen__medio")))
    grupos: dict[tuple[bool, str], Grupo] = {}
    for relacion in suyas:
        if not (relacion.declaracion and relacion.declaracion.grupos):
            _en(grupos, relacion, de_ida=True).append(Enlace(relacion.destino, relacion))
    for relacion in de_otros:
        _en(grupos, relacion, de_ida=False).append(Enlace(relacion.origen, relacion))
    recortes = [r.origen for r in de_otros if r.clase == DE_IMPACTO]
    impacto = impacto_de(recortes) if recortes else None
    return Vinculos(list(grupos.values()), _secciones(suyas), de_otros, impacto)


def _ordenadas(relaciones: Any) -> Any:
    return relaciones.order_by("clase", "orden", "pk")


def _en(grupos: dict[tuple[bool, str], Grupo], relacion: Relacion, *, de_ida: bool) -> list[Enlace]:
    rotulo = relacion.nombre if de_ida else relacion.inverso
    return grupos.setdefault((de_ida, relacion.clase), Grupo(rotulo, de_ida)).todos


def _secciones(suyas: list[Relacion]) -> list[Seccion]:
    hechas: list[Seccion] = []
    for clase in {r.clase: r.declaracion for r in suyas if r.declaracion and r.declaracion.grupos}.values():
        for clave, nombre in clase.grupos if clase else ():
            notas = [r for r in suyas if r.clase == clase.clave and r.grupo == clave]
            if notas:
                hechas.append(Seccion(clave, nombre, notas))
    return hechas
