"""Qué se pide a una lista: palabras, filtros y orden. Decide si basta la base o contesta el motor de búsqueda.

La base contesta lo que tiene columna, con lo último primero; el motor, las palabras, los campos propios del tipo y los demás órdenes,
combinados con todo lo demás y sin tope.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from archivo.catalogo.puerta import Item, TipoDeItem
from archivo.indexacion.puerta import dicho, etiquetas, leer_consulta
from search import And, Filter, In, Node, Sort, Term

ORDENES = (
    ("-fecha", "Fecha: lo más nuevo primero"),
    ("fecha", "Fecha: lo más antiguo primero"),
    ("titulo", "Título"),
    ("relevancia", "Lo que mejor responde a las palabras"),
)
EN_EL_MOTOR: dict[str, Sort] = {"": "-order", "-fecha": "-date", "fecha": "date", "titulo": "title", "relevancia": "relevance"}
COMUNES = ("medio", "autor", "persona", "tema", "lugar", "expediente")
"""Los campos comunes que se ofrecen para filtrar, si el índice los tiene."""


@dataclass(frozen=True)
class Pedido:
    """Lo que se pide al motor. `orden`, una clave de `EN_EL_MOTOR`."""

    consulta: Node | None
    filtros: Mapping[str, Filter] = field(default_factory=dict)
    orden: str = ""

    @property
    def en_el_motor(self) -> Sort:
        """El orden, como lo llama el motor."""
        return EN_EL_MOTOR[self.orden]


def campos_de_filtro(tipo: TipoDeItem) -> dict[str, str]:
    """Los campos del índice por los que se filtra un tipo: los suyos primero, luego los comunes. Nombre → etiqueta."""
    conocidos = etiquetas()
    propios = [c.nombre for c in tipo.campos]
    return {n: conocidos[n] for n in dict.fromkeys((*propios, *COMUNES)) if n in conocidos and n != "serie"}


def _sin_efecto(filas: QuerySet[Item], nombre: str, valor: Any) -> QuerySet[Item]:
    """Lo resuelve el motor."""
    return filas


def filtros_del_motor(tipo: TipoDeItem) -> dict[str, Any]:
    """Un filtro de texto por campo del índice, con las opciones que existen al escribir, y el orden."""
    hechos: dict[str, Any] = {
        nombre: django_filters.CharFilter(
            label=etiqueta,
            method=_sin_efecto,
            widget=forms.TextInput(attrs={"data-valores": nombre, "list": f"valores-{nombre}", "autocomplete": "off"}),
        )
        for nombre, etiqueta in campos_de_filtro(tipo).items()
    }
    hechos["orden"] = django_filters.ChoiceFilter(
        label="Orden", choices=ORDENES, empty_label="Lo último que entró, primero", method=_sin_efecto
    )
    return hechos


def pedido_de(tipo: TipoDeItem, texto: str, limpios: Mapping[str, Any]) -> Pedido | None:
    """Lo que hay que preguntar al motor; None si con la base basta. `limpios`: lo que dieron los filtros."""
    terminos = [
        Term(nombre, _guardado(tipo, nombre, escrito)) for nombre in campos_de_filtro(tipo) if (escrito := limpios.get(nombre))
    ]
    orden = limpios.get("orden") or ""
    if not texto and not terminos and not orden:
        return None
    palabras = leer_consulta(texto)
    sueltas = palabras.children if isinstance(palabras, And) else (palabras,) if palabras else ()
    partes = (*sueltas, *terminos)
    consulta: Node | None = And(partes) if len(partes) > 1 else next(iter(partes), None)
    if not orden and palabras:
        orden = "relevancia"
    if orden == "relevancia" and not palabras:
        orden = "-fecha"
    return Pedido(consulta, _filtros(tipo, limpios), orden)


def _filtros(tipo: TipoDeItem, limpios: Mapping[str, Any]) -> dict[str, Filter]:
    filtros: dict[str, Filter] = {"tipo": In(frozenset({tipo.codigo}))}
    for nombre in ("estado", "acceso"):
        if limpios.get(nombre):
            filtros[nombre] = In(frozenset(limpios[nombre]))
    if limpios.get("area"):
        filtros["area"] = In(frozenset({limpios["area"].nombre}))
    if limpios.get("anio"):
        filtros["anio"] = In(frozenset({int(limpios["anio"])}))
    return filtros


def _guardado(tipo: TipoDeItem, nombre: str, escrito: str) -> str:
    """El valor del índice que se muestra con ese rótulo, o lo escrito: «Opinión» → `opinion`."""
    campo = tipo.ficha.base_fields.get(nombre)
    elegibles = getattr(campo, "choices", ())
    return next(
        (str(clave) for clave, _ in elegibles if str(dicho(nombre, str(clave))).casefold() == escrito.casefold()), escrito
    )
