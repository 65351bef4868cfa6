"""Las direcciones y el menú de los fondos que llegan descritos de otros archivos."""

from django.urls import URLPattern, path, re_path
from wagtail import hooks

from archivo.ingesta.puerta import puede_importar_descripciones
from archivo.oficina.entradas import poner_en_el_menu
from archivo.oficina.vistas import descripciones


@hooks.register("register_admin_urls")
def direcciones_de_intercambio() -> list[URLPattern]:
    """Subir, ensayar e importar instrumentos; exportar cuadros y expedientes."""
    return [
        path("descripciones/", descripciones.lista, name="oficina_descripciones"),
        path("descripciones/nueva/", descripciones.nueva, name="oficina_descripciones_nueva"),
        path("descripciones/<int:pk>/", descripciones.ver, name="oficina_descripciones_carga"),
        re_path(
            r"^descripciones/(?P<pk>\d+)/(?P<que>ensayar|importar)/$", descripciones.hacer, name="oficina_descripciones_hacer"
        ),
        path("descripciones/cuadro/<int:pk>/", descripciones.exportar_un_cuadro, name="oficina_descripciones_de_cuadro"),
        path(
            "descripciones/expediente/<slug:clave>/",
            descripciones.exportar_un_expediente,
            name="oficina_descripciones_de_expediente",
        ),
    ]


poner_en_el_menu("descripciones", "Fondos recibidos", "oficina_descripciones", "download", puede_importar_descripciones)
