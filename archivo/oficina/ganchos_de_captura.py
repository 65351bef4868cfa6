"""Lo que se añade a Wagtail para capturar todo el día: plantillas, listas a la medida, la copia de lo escrito y sus direcciones."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from archivo.oficina import periodicas as _periodicas  # noqa: F401 - al importarse se registran
from archivo.oficina.entradas import poner_en_el_menu
from archivo.oficina.vistas import empezar, lista, plantillas
from archivo.oficina.vistas.ingresos import tipos_que_ingresa


@hooks.register("register_admin_urls")
def direcciones() -> list[URLPattern]:
    """La sesión, las plantillas y lo que cada quien ajusta de las listas."""
    return [
        path("sesion/", empezar.sesion, name="oficina_sesion"),
        path("plantillas/", plantillas.lista, name="oficina_plantillas"),
        path("plantillas/de/<slug:clave>/", plantillas.nueva, name="oficina_plantilla_nueva"),
        path("plantillas/<int:pk>/", plantillas.cambiar, name="oficina_plantilla"),
        path("plantillas/<int:pk>/quitar/", plantillas.quitar, name="oficina_plantilla_quitar"),
        path("listas/<slug:codigo>/valores.json", lista.valores, name="oficina_valores"),
        path("listas/<slug:codigo>/columnas/", lista.columnas, name="oficina_columnas"),
        path("listas/<slug:codigo>/vistas/", lista.guardar_vista, name="oficina_vista_guardar"),
        path("listas/<slug:codigo>/vistas/<int:pk>/quitar/", lista.quitar_vista, name="oficina_vista_quitar"),
    ]


@hooks.register("insert_global_admin_js")
def guiones() -> SafeString:
    """El guión que cuida lo que se captura."""
    return format_html('<script src="{}" defer></script>', static("oficina/captura.js"))


poner_en_el_menu(
    "plantillas", "Plantillas de captura", "oficina_plantillas", "copy", lambda usuario: bool(tipos_que_ingresa(usuario))
)
