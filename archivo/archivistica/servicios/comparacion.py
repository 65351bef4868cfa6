"""Qué cambió entre dos versiones del cuadro, clase por clase."""

from dataclasses import dataclass, field

from archivo.archivistica.models import CuadroClasificacion, Equivalencia, FichaValoracion, NivelClasificacion
from archivo.archivistica.servicios.fichas import nombre_de

DE_LA_CLASE = ("codigo", "nombre", "alcance", "tipo_funcion", "activa")
_FUERA = {"id", "nivel"}
DE_LA_FICHA = tuple(c.name for c in FichaValoracion._meta.fields if c.name not in _FUERA)
QUE_PASO = {
    "nueva": "Nueva",
    "suprimida": "Suprimida",
    "dividida": "Dividida",
    "fusionada": "Fusionada",
    "cambiada": "Cambiada",
    "igual": "Sin cambio",
}


@dataclass(frozen=True)
class Cambio:
    """Un dato que no dice lo mismo."""

    campo: str
    antes: str
    despues: str


@dataclass(frozen=True)
class Diferencia:
    """Lo que pasó con una clase: `que` es una llave de `QUE_PASO`; `antes` y `despues`, las clases de cada versión."""

    que: str
    antes: list[NivelClasificacion]
    despues: NivelClasificacion | None
    cambios: list[Cambio] = field(default_factory=list)

    @property
    def nombre(self) -> str:
        """Lo que pasó, en una palabra."""
        return QUE_PASO[self.que]


def _valor(objeto: object, campo: str) -> str:
    decir = getattr(objeto, f"get_{campo}_display", None)
    valor = decir() if decir else getattr(objeto, campo, None)
    if isinstance(valor, bool):
        return "sí" if valor else "no"
    return "" if valor is None else str(valor)


def nombre_de_dato(campo: str) -> str:
    """Cómo se llama un dato de la clase."""
    return str(getattr(NivelClasificacion._meta.get_field(campo), "verbose_name", campo))


def cambios_entre(antes: NivelClasificacion, despues: NivelClasificacion) -> list[Cambio]:
    """Los datos de la clase y de su ficha que difieren."""
    fichas = getattr(antes, "ficha", None), getattr(despues, "ficha", None)
    campos = [(nombre_de_dato(c), _valor(antes, c), _valor(despues, c)) for c in DE_LA_CLASE]
    if any(fichas):
        campos += [(nombre_de(c), _valor(fichas[0], c), _valor(fichas[1], c)) for c in DE_LA_FICHA]
        campos.append(("áreas productoras", _areas(fichas[0]), _areas(fichas[1])))
    return [Cambio(nombre, a, b) for nombre, a, b in campos if a != b]


def _areas(ficha: FichaValoracion | None) -> str:
    return ", ".join(sorted(area.nombre for area in ficha.areas.all())) if ficha else ""


def _clases(cuadro: CuadroClasificacion) -> list[NivelClasificacion]:
    return list(cuadro.niveles.select_related("ficha").prefetch_related("ficha__areas").en_orden())


def antecedentes(nueva: CuadroClasificacion, vieja: CuadroClasificacion) -> dict[int, set[int]]:
    """De cada clase de `nueva`, a cuáles de `vieja` equivale, siguiendo las versiones intermedias."""
    alcanza = {pk: {pk} for pk in nueva.niveles.values_list("pk", flat=True)}
    cuadro: CuadroClasificacion | None = nueva
    while cuadro is not None and cuadro.pk != vieja.pk:
        paso: dict[int, set[int]] = {}
        for nuevo, anterior in Equivalencia.objects.filter(nuevo__cuadro=cuadro).values_list("nuevo_id", "anterior_id"):
            paso.setdefault(nuevo, set()).add(anterior)
        alcanza = {pk: set().union(*(paso.get(de, set()) for de in desde)) for pk, desde in alcanza.items()}
        cuadro = cuadro.anterior
    return alcanza if cuadro is not None else {pk: set() for pk in alcanza}


def comparar(vieja: CuadroClasificacion, nueva: CuadroClasificacion) -> list[Diferencia]:
    """Clase por clase, en el orden de la nueva, y al final las suprimidas. `vieja` es una versión de la que parte `nueva`."""
    viejas = {clase.pk: clase for clase in _clases(vieja)}
    alcanza = antecedentes(nueva, vieja)
    continuaciones: dict[int, int] = {}
    for alcanzadas in alcanza.values():
        for pk in alcanzadas:
            continuaciones[pk] = continuaciones.get(pk, 0) + 1
    salida = []
    for clase in _clases(nueva):
        origenes = sorted((viejas[pk] for pk in alcanza[clase.pk]), key=lambda c: c.orden)
        salida.append(_diferencia(origenes, clase, max((continuaciones[c.pk] for c in origenes), default=0)))
    return salida + [Diferencia("suprimida", [viejas[pk]], None) for pk in viejas if pk not in continuaciones]


def _diferencia(origenes: list[NivelClasificacion], clase: NivelClasificacion, continuaciones: int) -> Diferencia:
    if not origenes:
        return Diferencia("nueva", [], clase)
    if len(origenes) > 1:
        return Diferencia("fusionada", origenes, clase)
    cambios = cambios_entre(origenes[0], clase)
    if continuaciones > 1:
        return Diferencia("dividida", origenes, clase, cambios)
    return Diferencia("cambiada" if cambios else "igual", origenes, clase, cambios)
