"""Fábricas de datos de prueba: personas con rol, áreas y elementos, por los servicios del producto."""

import itertools
from datetime import date
from typing import Any

from archivo.catalogo.puerta import Edicion, FechaParcial, Item, guardar, serie_de, tipo_de
from archivo.identidad.puerta import Area, Nombramiento, Usuario

_numero = itertools.count(1)


def area(nombre: str = "") -> Area:
    """Un área nueva, o la que ya tiene ese nombre."""
    n = next(_numero)
    nombre = nombre or f"Área {n}"
    return Area.objects.filter(nombre=nombre).first() or Area.objects.create(clave=f"A{n}", nombre=nombre)


def persona(*roles: str, en: Area | None = None, nombre: str = "", **vigencia: Any) -> Usuario:
    """Una persona con esos roles, en un área o en toda la institución."""
    usuario = Usuario.objects.create_user(nombre or f"persona{next(_numero)}", password="contrasena-de-prueba")
    for rol in roles:
        Nombramiento.objects.create(usuario=usuario, rol=rol, area=en, **vigencia)
    return usuario


def elemento(
    tipo: str = "boletin", *, actor: Usuario | None = None, texto: str | None = None, temas: Any = None, **campos: Any
) -> Item:
    """Un elemento guardado por el servicio. `estado` se fija sin pasar por el ciclo, como en una carga histórica."""
    estado = campos.pop("estado", "borrador")
    campos.setdefault("titulo", f"Elemento de prueba {next(_numero)}")
    campos.setdefault("acceso", "publico")
    dia = campos.pop("dia", date(2026, 5, 6))
    item = tipo_de(tipo).modelo(tipo=tipo, estado=estado, **campos)
    item.fecha_parcial = FechaParcial(dia, dia) if dia else FechaParcial()
    html = campos.get("html")
    return guardar(item, Edicion(actor=actor, texto=texto, cuerpo_html=html, temas=temas))


def boletin(**campos: Any) -> Item:
    """Un boletín de la serie «boletin»."""
    campos.setdefault("serie", serie_de("boletin"))
    return elemento("boletin", **campos)


def publico(**campos: Any) -> Item:
    """Un boletín publicado y público."""
    return boletin(estado="publicado", **campos)
