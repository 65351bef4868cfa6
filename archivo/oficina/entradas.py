"""Las entradas del menú: cada módulo pone las suyas con su página y quién la ve; su lugar lo da `archivo.oficina.menu`."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archivo.identidad.puerta import lector_de

Quien = Callable[[Any], bool]
"""¿La ve ese usuario?"""


class EntradaDeMenu(MenuItem):
    """Una entrada que sólo ve quien puede abrir su página."""

    def __init__(self, la_ve: Quien, **datos: Any) -> None:
        """Recibe quién la ve y lo que pide Wagtail de una entrada."""
        super().__init__(**datos)
        self.la_ve = la_ve

    def is_shown(self, request: HttpRequest) -> bool:
        """¿La ve quien entra?"""
        return self.la_ve(request.user)


def poner_en_el_menu(clave: str, rotulo: str, destino: str, icono: str, la_ve: Quien) -> None:
    """Registra una entrada: `clave` es su lugar en `menu.GRUPOS` y `destino`, el nombre de su dirección."""

    def entrada() -> MenuItem:
        return EntradaDeMenu(la_ve, label=rotulo, url=reverse(destino), name=clave, icon_name=icono)

    hooks.register("register_admin_menu_item", entrada)


def es_de_oficina(usuario: Any) -> bool:
    """¿Ejerce algún rol que abra lo interno?"""
    return lector_de(usuario).es_de_oficina


def quien_ejerce(*roles: str) -> Quien:
    """Quien ejerce alguno de esos roles."""
    return lambda usuario: lector_de(usuario).tiene(*roles)
