"""Lo que se puede olvidar al añadir un tipo, dicho al arrancar con su remedio."""

from typing import Any

from django.core import checks
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from archivo.catalogo.models import Item, ItemManager
from archivo.catalogo.tipos.base import TipoDeItem
from archivo.catalogo.tipos.registro import todos_los_tipos


@checks.register()
def revisar_tipos(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Cada tipo, con su proxy, su manager y su plantilla; cada proxy, con su tipo."""
    faltas: list[checks.CheckMessage] = []
    for tipo in todos_los_tipos():
        faltas += _revisar(tipo)
    declarados = {tipo.modelo for tipo in todos_los_tipos()}
    for proxy in Item.__subclasses__():
        if proxy._meta.proxy and proxy not in declarados and not proxy._meta.abstract:
            faltas.append(
                checks.Error(
                    f"El proxy {proxy.__name__} no tiene declaración de tipo.",
                    hint="Llame a registrar_tipo(TipoDeItem(...)) en su archivo de catalogo/tipos/.",
                    id="catalogo.E001",
                )
            )
    return faltas


def _revisar(tipo: TipoDeItem) -> list[checks.CheckMessage]:
    faltas: list[checks.CheckMessage] = []
    manager = tipo.modelo._default_manager
    if not isinstance(manager, ItemManager) or manager.tipo != tipo.codigo:
        pista = f'Ponga `objects = ItemManager(tipo="{tipo.codigo}")`: sin él, quien puede este tipo abre los de otro.'
        faltas.append(
            checks.Error(f"El manager de {tipo.modelo.__name__} no filtra por su tipo.", hint=pista, id="catalogo.E002")
        )
    if getattr(tipo.modelo, "codigo_de_tipo", "") != tipo.codigo:
        pista = f'Ponga `codigo_de_tipo = "{tipo.codigo}"` en el proxy.'
        faltas.append(
            checks.Error(f"El proxy {tipo.modelo.__name__} no lleva el código de su tipo.", hint=pista, id="catalogo.E003")
        )
    try:
        get_template(tipo.plantilla)
    except TemplateDoesNotExist:
        pista = f"Cree templates/{tipo.plantilla} (puede extender portal/elemento.html)."
        faltas.append(checks.Error(f"Falta la plantilla del tipo «{tipo.codigo}».", hint=pista, id="catalogo.E004"))
    return faltas
