"""Las direcciones y el menú de los instrumentos archivísticos."""

from django.templatetags.static import static
from django.urls import URLPattern, path, re_path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from archivo.oficina import asuntos_de_instrumentos as _asuntos_de_instrumentos  # noqa: F401 - al importarse se registran
from archivo.oficina.entradas import poner_en_el_menu
from archivo.oficina.reglas import ReglaViewSet
from archivo.oficina.vistas import clases, instrumentos


@hooks.register("register_admin_urls")
def direcciones_de_instrumentos() -> list[URLPattern]:
    """Versiones del cuadro, sus clases, sus actos y sus exportaciones."""
    return [
        path("cuadros/", instrumentos.lista, name="oficina_cuadros"),
        path("cuadros/abrir/", instrumentos.abrir, name="oficina_cuadro_abrir"),
        path("cuadros/version/", instrumentos.nueva_version, name="oficina_cuadro_version"),
        path("cuadros/<int:pk>/", instrumentos.ver, name="oficina_cuadro"),
        path("cuadros/<int:pk>/datos/", instrumentos.datos, name="oficina_cuadro_datos"),
        path("cuadros/<int:pk>/paso/<slug:accion>/", instrumentos.paso, name="oficina_cuadro_paso"),
        path("cuadros/<int:pk>/areas/<int:area>/", instrumentos.validar_area, name="oficina_cuadro_area"),
        path("cuadros/<int:pk>/comparar/<int:otro>/", instrumentos.comparar, name="oficina_cuadro_comparar"),
        re_path(
            r"^cuadros/(?P<pk>\d+)/(?P<que>cuadro|catalogo|guia)\.(?P<formato>xlsx|csv|json)$",
            instrumentos.exportar,
            name="oficina_cuadro_exportar",
        ),
        re_path(
            r"^cuadros/(?P<pk>\d+)/(?P<que>intercambio)\.(?P<formato>csv)$",
            instrumentos.exportar,
            name="oficina_cuadro_intercambio",
        ),
        path("cuadros/<int:pk>/clases/nueva/", clases.nueva, name="oficina_clase_nueva"),
        path("clases/<int:pk>/", clases.ver, name="oficina_clase"),
        path("clases/<int:pk>/quitar/", clases.quitar, name="oficina_clase_quitar"),
        path("clases/<int:pk>/activar/", clases.activar, name="oficina_clase_activar"),
        path("clases/<int:pk>/acto/<slug:que>/", clases.acto, name="oficina_clase_acto"),
    ]


@hooks.register("register_admin_viewset")
def pantalla_de_reglas() -> ReglaViewSet:
    """Las reglas con que se abren expedientes."""
    return ReglaViewSet(add_to_admin_menu=True)


@hooks.register("insert_global_admin_css")
def estilos_de_instrumentos() -> SafeString:
    """La hoja de los instrumentos."""
    return format_html('<link rel="stylesheet" href="{}">', static("oficina/instrumentos.css"))


poner_en_el_menu(
    "cuadros", "Cuadro y catálogo", "oficina_cuadros", "list-ol", lambda u: instrumentos.puede(u, "view_cuadroclasificacion")
)
