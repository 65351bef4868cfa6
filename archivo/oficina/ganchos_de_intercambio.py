"""Las direcciones y el menú de los fondos que llegan descritos de otros archivos."""

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archivo.ingesta.puerta import puede_importar_descripciones
from archivo.oficina.vistas import descripciones


class DescripcionesMenuItem(MenuItem):
    """Sólo para quien los recibe."""

    def is_shown(self, request: HttpRequest) -> bool:
        """¿Los recibe?"""
        return puede_importar_descripciones(request.user)


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


@hooks.register("register_admin_menu_item")
def menu_de_descripciones() -> MenuItem:
    """Los fondos recibidos."""
    return DescripcionesMenuItem(
        "Fondos recibidos", reverse("oficina_descripciones"), name="descripciones", icon_name="download", order=510
    )
