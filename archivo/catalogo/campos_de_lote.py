"""Lo que se puede cambiar en muchos elementos a la vez, y cómo se lee y se pone cada cosa.

Nunca folios, números, títulos, fechas ni textos: eso identifica a cada documento.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from archivo.catalogo.models.item import Item
from archivo.catalogo.servicios.errores import CambioRechazado
from archivo.catalogo.tipos.registro import tipo_de

PONER, VACIAR, AGREGAR, QUITAR = "poner", "vaciar", "agregar", "quitar"
ACCIONES = {PONER: "Poner", VACIAR: "Vaciar", AGREGAR: "Agregar", QUITAR: "Quitar"}
FICHA = "ficha-"
TEMAS = "temas"
# Lo archivístico se describe también después de autorizar; lo demás, no.
SIEMPRE_ABIERTOS = frozenset({TEMAS, "resumen", "notas", "categoria_documental", "soporte", "tradicion", "acceso"})


@dataclass(frozen=True)
class CampoDeLote:
    """Un campo que admite cambio en lote: su clave, su nombre y las acciones que tienen sentido en él."""

    clave: str
    nombre: str
    acciones: tuple[str, ...] = (PONER,)


_COMUNES = (
    CampoDeLote(TEMAS, "Temas", (AGREGAR, QUITAR)),
    CampoDeLote("area_id", "Área productora"),
    CampoDeLote("medio_id", "Medio", (PONER, VACIAR)),
    CampoDeLote("lugar", "Lugar", (PONER, VACIAR)),
    CampoDeLote("autor", "Autor", (PONER, VACIAR)),
    CampoDeLote("fuente", "Fuente", (PONER, VACIAR)),
    CampoDeLote("acceso", "Acceso"),
    CampoDeLote("categoria_documental", "Categoría documental"),
    CampoDeLote("soporte", "Soporte"),
    CampoDeLote("tradicion", "Tradición documental"),
    CampoDeLote("notas", "Nota del archivero", (AGREGAR, PONER, VACIAR)),
)


def campos_de_lote(tipo: str) -> dict[str, CampoDeLote]:
    """Los campos comunes y los de la ficha del tipo, por su clave (`ficha-seccion`)."""
    de_ficha = (
        CampoDeLote(f"{FICHA}{n}", str(c.label or n), (PONER, *(() if c.required else (VACIAR,))))
        for n, c in tipo_de(tipo).ficha.base_fields.items()
    )
    return {c.clave: c for c in (*_COMUNES, *de_ficha)}


def valor_actual(item: Item, campo: str) -> Any:
    """Lo que el elemento tiene en ese campo, listo para JSON."""
    if campo == TEMAS:
        return sorted(t.nombre for t in item.temas.all())
    if campo.startswith(FICHA):
        return item.ficha.get(campo.removeprefix(FICHA))
    return getattr(item, campo)


def valor_nuevo(item: Item, campo: str, accion: str, valor: Any) -> Any:
    """Lo que tendría con el cambio."""
    actual = valor_actual(item, campo)
    return _CALCULOS[accion](actual, valor)


def _puesto(actual: Any, valor: Any) -> Any:
    return valor


def _agregado(actual: Any, valor: Any) -> Any:
    if isinstance(actual, list):
        return sorted({*actual, *valor})
    return valor if not actual or valor in actual else f"{actual}\n{valor}"


def _quitado(actual: Any, valor: Any) -> Any:
    return sorted(set(actual) - set(valor)) if isinstance(actual, list) else actual


def _vaciado(actual: Any, valor: Any) -> Any:
    return "" if isinstance(actual, str) else None


_CALCULOS: dict[str, Callable[[Any, Any], Any]] = {
    PONER: _puesto,
    VACIAR: _vaciado,
    AGREGAR: _agregado,
    QUITAR: _quitado,
}


def poner(item: Item, valores: dict[str, Any]) -> list[str] | None:
    """Pone los valores en el elemento sin guardarlo; devuelve los temas que debe llevar, o None si no cambian.

    Raises:
        CambioRechazado: la ficha con esos valores no es válida para su tipo.
    """
    ficha = dict(item.ficha)
    for campo, valor in valores.items():
        if campo.startswith(FICHA):
            ficha[campo.removeprefix(FICHA)] = valor
        elif campo != TEMAS:
            setattr(item, campo, valor)
    if ficha != item.ficha:
        item.ficha = _ficha_revisada(item, ficha)
    return valores.get(TEMAS)


def _ficha_revisada(item: Item, ficha: dict[str, Any]) -> dict[str, Any]:
    """La ficha limpia. Sólo se rechaza por los campos que se tocan: lo que ya venía incompleto no estorba."""
    formulario = tipo_de(item.tipo).ficha(ficha)
    tocados = {c for c in formulario.fields if ficha.get(c) != item.ficha.get(c)}
    for campo in tocados & set(formulario.errors):
        raise CambioRechazado(f"{formulario.fields[campo].label}: {' '.join(map(str, formulario.errors[campo]))}")
    limpios = {c: formulario.cleaned_data[c] for c in tocados if c in formulario.cleaned_data}
    return {c: v for c, v in (ficha | limpios).items() if v not in (None, "", [])}
