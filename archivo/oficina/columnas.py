"""Las columnas de las listas: cuáles hay para cada tipo, cuáles se muestran si nadie elige, y las que cada persona eligió."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.timezone import localtime

from archivo.catalogo.puerta import NIVELES, NOMBRES_DE_PENDIENTES, CampoDeBusqueda, Item, TipoDeItem
from archivo.indexacion.puerta import dicho
from archivo.oficina.formularios.campos import fecha_escrita
from archivo.oficina.models import ColumnasElegidas

MAXIMO = 8
"""Más no se leen, y a 1280 px de ancho ya se desbordan."""


@dataclass(frozen=True)
class Columna:
    """Una columna: de dónde sale su valor y qué columnas de la base necesita además de las de siempre."""

    clave: str
    rotulo: str
    valor: Callable[[Item], Any]
    ademas: tuple[str, ...] = ()


def folio_de(item: Item) -> str:
    """El folio o el número histórico, y si se canceló."""
    escrito = item.folio or item.numero_texto
    return f"{escrito} CANCELADO".strip() if item.estado == "cancelado" else escrito or "—"


def estado_de(item: Item) -> str:
    """El estado en palabras; con candado si alguien lo apartó."""
    return f"{item.clase_de_estado.nombre} (bloqueado)" if item.locked else item.clase_de_estado.nombre


def pendientes_de(item: Item) -> str:
    """Cuántas cosas faltan, con su nombre al pasar."""
    if not item.pendientes:
        return "—"
    nombres = "; ".join(NOMBRES_DE_PENDIENTES.get(p, p) for p in item.pendientes)
    return format_html('<abbr title="{}">{}</abbr>', nombres, len(item.pendientes))


def _nombre(campo: str) -> Callable[[Item], str]:
    return lambda item: str(getattr(item, campo)) if getattr(item, f"{campo}_id") else "—"


COMUNES = (
    Columna("folio", "Folio", folio_de),
    Columna("fecha", "Fecha", lambda i: fecha_escrita(i.fecha_parcial) or "—"),
    Columna("area", "Área", lambda i: i.area.nombre if i.area_id else "—"),
    Columna("estado", "Estado", estado_de),
    Columna("acceso", "Acceso", lambda i: NIVELES[i.acceso_efectivo].nombre),
    Columna("pendientes", "Faltan", pendientes_de),
    Columna("medio", "Medio", _nombre("medio"), ("medio_id", "medio__nombre")),
    Columna("autor", "Autor", lambda i: i.autor or "—", ("autor",)),
    Columna("lugar", "Lugar", lambda i: i.lugar or "—", ("lugar",)),
    Columna("serie", "Serie", _nombre("serie"), ("serie_id", "serie__nombre")),
    Columna(
        "creado_por",
        "Escribió",
        _nombre("creado_por"),
        ("creado_por_id", "creado_por__first_name", "creado_por__last_name", "creado_por__username"),
    ),
    Columna("modificado", "Cambió", lambda i: f"{localtime(i.modificado):%d/%m/%Y %H:%M}", ("modificado",)),
)
DE_SIEMPRE = ("folio", "fecha", "area", "estado", "acceso", "pendientes")


def columnas_de(tipo: TipoDeItem) -> dict[str, Columna]:
    """Las que se pueden mostrar para un tipo, por su clave: las comunes y sus campos de búsqueda."""
    propias = (
        Columna(f"ficha-{c.nombre}", c.etiqueta, _de_ficha(c), ("ficha",))
        for c in tipo.campos
        if c.nombre in tipo.ficha.base_fields
    )
    return {c.clave: c for c in (*COMUNES, *propias) if c.clave != "medio" or tipo.con_medio}


def _de_ficha(campo: CampoDeBusqueda) -> Callable[[Item], str]:
    return lambda item: "; ".join(dicho(campo.nombre, v) for v in campo.valores(item)) or "—"


def _por_omision(tipo: TipoDeItem) -> tuple[str, ...]:
    """Lo que se numera empieza por su folio; lo que tiene medio, por su medio."""
    if tipo.se_numera:
        return DE_SIEMPRE
    return ("medio" if tipo.con_medio else "folio", *DE_SIEMPRE[1:])


def elegidas(usuario: Any, tipo: TipoDeItem) -> list[Columna]:
    """Las que esa persona ve en la lista del tipo, en su orden. Una consulta."""
    disponibles = columnas_de(tipo)
    guardadas = ColumnasElegidas.objects.filter(usuario=usuario, tipo=tipo.codigo).values_list("columnas", flat=True).first()
    suyas = [c for c in guardadas or () if c in disponibles]
    return [disponibles[c] for c in suyas or _por_omision(tipo) if c in disponibles]


def elegir(usuario: Any, tipo: TipoDeItem, claves: Sequence[str]) -> None:
    """Recuerda las columnas que esa persona quiere; sin ninguna, las de siempre."""
    disponibles = columnas_de(tipo)
    suyas = [c for c in disponibles if c in claves][:MAXIMO]
    if not suyas:
        ColumnasElegidas.objects.filter(usuario=usuario, tipo=tipo.codigo).delete()
        return
    ColumnasElegidas.objects.update_or_create(usuario=usuario, tipo=tipo.codigo, defaults={"columnas": suyas})
