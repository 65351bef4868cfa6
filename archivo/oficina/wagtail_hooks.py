"""Lo que la oficina añade a Wagtail, y lo que le quita porque aquí no se usa."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, re_path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from archivo.oficina import ganchos_de_captura as _ganchos_de_captura  # noqa: F401 - al importarse se registran
from archivo.oficina import ganchos_de_descripcion as _ganchos_de_descripcion  # noqa: F401 - al importarse se registran
from archivo.oficina import ganchos_de_expedientes as _ganchos_de_expedientes  # noqa: F401 - al importarse se registran
from archivo.oficina import ganchos_de_instrumentos as _ganchos_de_instrumentos  # noqa: F401 - al importarse se registran
from archivo.oficina import ganchos_de_intercambio as _ganchos_de_intercambio  # noqa: F401 - al importarse se registran
from archivo.oficina import ganchos_de_sesiones as _ganchos_de_sesiones  # noqa: F401 - al importarse se registran
from archivo.oficina import gobierno as _gobierno  # noqa: F401 - al importarse se registra
from archivo.oficina import menu as _menu  # noqa: F401 - al importarse se registra
from archivo.oficina.catalogos import CatalogosGroup
from archivo.oficina.entradas import poner_en_el_menu
from archivo.oficina.viewsets import ItemViewSet, pantallas_de_los_tipos
from archivo.oficina.vistas import bandeja, bitacora, en_lote, importaciones, ingresos
from archivo.oficina.vistas.inicio import paneles_de_inicio

CON_ALT_B = {"data-controller": "w-kbd", "data-w-kbd-key-value": "alt+b", "data-w-kbd-scope-value": "global"}
_AJUSTES_QUE_SE_USAN = {"users"}


@hooks.register("register_admin_viewset")
def pantallas() -> list[ItemViewSet]:
    """Las pantallas de cada tipo."""
    return pantallas_de_los_tipos()


@hooks.register("register_admin_viewset")
def catalogos() -> CatalogosGroup:
    """Las pantallas de los catálogos."""
    return CatalogosGroup()


@hooks.register("register_admin_urls")
def direcciones() -> list[URLPattern]:
    """Bandeja, ingresos, bitácora y lotes."""
    return [
        path("bandeja/", bandeja.bandeja, name="oficina_bandeja"),
        path("ingresar/", ingresos.ingresar, name="oficina_ingresar"),
        path("ingresos/", ingresos.lista, name="oficina_ingresos"),
        path("ingresos/<int:pk>/", ingresos.ver, name="oficina_ingreso"),
        path("ingresos/<int:pk>/estado/", ingresos.estado, name="oficina_ingreso_estado"),
        path("ingresos/<int:pk>/descargar/", ingresos.descargar, name="oficina_ingreso_descargar"),
        re_path(r"^ingresos/(?P<pk>\d+)/(?P<que>reintentar|descartar)/$", ingresos.decidir, name="oficina_ingreso_decidir"),
        path("bitacora/", bitacora.bitacora, name="oficina_bitacora"),
        path("lote/<slug:codigo>/", en_lote.elegir, name="oficina_lote_elegir"),
        path("lotes/<int:pk>/", en_lote.ver, name="oficina_lote"),
        re_path(r"^lotes/(?P<pk>\d+)/(?P<que>aplicar|deshacer)/$", en_lote.hacer, name="oficina_lote_hacer"),
    ]


@hooks.register("register_admin_menu_item")
def menu_de_la_bandeja() -> MenuItem:
    """Lo que espera a quien entra: lo primero del menú."""
    return MenuItem("Bandeja", reverse("oficina_bandeja"), name="bandeja", icon_name="tasks", order=10, attrs=CON_ALT_B)


@hooks.register("register_admin_urls")
def direcciones_de_importar() -> list[URLPattern]:
    """El asistente de importación."""
    return importaciones.DIRECCIONES


@hooks.register("register_admin_menu_item")
def menu_de_atajos() -> MenuItem:
    """Los atajos de teclado, también con «?». Wagtail los cuelga de su menú de ayuda, que aquí no está."""
    return MenuItem(
        "Atajos de teclado",
        "#",
        name="atajos",
        icon_name="keyboard",
        order=1200,
        attrs={
            "role": "button",
            "data-a11y-dialog-show": "keyboard-shortcuts-dialog",
            "data-action": "w-action#noop:prevent:stop",
            "data-controller": "w-kbd w-action",
            "data-w-kbd-key-value": "?",
        },
    )


@hooks.register("construct_settings_menu")
def limpiar_ajustes(request: HttpRequest, elementos: list[MenuItem]) -> None:
    """Quedan las cuentas de las personas."""
    elementos[:] = [e for e in elementos if e.name in _AJUSTES_QUE_SE_USAN]


@hooks.register("construct_homepage_panels")
def mesa(request: HttpRequest, paneles: list[Component]) -> None:
    """La mesa de quien entra, en lugar de los paneles de páginas."""
    paneles[:] = paneles_de_inicio(request.user)


@hooks.register("construct_homepage_summary_items")
def sin_resumen(request: HttpRequest, elementos: list[Any]) -> None:
    """Sin cuentas de páginas, imágenes ni documentos."""
    elementos.clear()


@hooks.register("insert_global_admin_css")
def estilos() -> SafeString:
    """La hoja de la oficina."""
    return format_html('<link rel="stylesheet" href="{}">', static("oficina/oficina.css"))


def ingresa(usuario: Any) -> bool:
    """¿Puede crear algún documento?"""
    return bool(ingresos.tipos_que_ingresa(usuario))


poner_en_el_menu("ingresar", "Ingresar archivos", "oficina_ingresar", "upload", ingresa)
poner_en_el_menu("ingresos", "Archivos ingresados", "oficina_ingresos", "folder-open-1", ingresa)
poner_en_el_menu("importar", "Importar tablas", "oficina_importaciones", "table", importaciones.puede_importar)
poner_en_el_menu("bitacora", "Bitácora", "oficina_bitacora", "history", bitacora.puede_leer_la_bitacora)
