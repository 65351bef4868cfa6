"""Las direcciones y el menú de las sesiones fotográficas."""

from django.urls import URLPattern, path
from wagtail import hooks

from archivo.oficina.entradas import poner_en_el_menu
from archivo.oficina.vistas import mesa_de_luz, sesion_fotografica


@hooks.register("register_admin_urls")
def direcciones() -> list[URLPattern]:
    """La lista, abrir, subir y la mesa de luz."""
    una = "sesiones/<slug:clave>/"
    return [
        path("sesiones/", sesion_fotografica.lista, name="oficina_sesiones"),
        path("sesiones/nueva/", sesion_fotografica.nueva, name="oficina_sesion_nueva"),
        path(f"{una}subir/", sesion_fotografica.subir, name="oficina_sesion_subir"),
        path(f"{una}subir/avance.json", sesion_fotografica.avance, name="oficina_sesion_avance"),
        path(f"{una}subir/reintentar/", sesion_fotografica.reintentar_las_detenidas, name="oficina_sesion_reintentar"),
        path(f"{una}mesa/", mesa_de_luz.mesa, name="oficina_mesa"),
        path(f"{una}fotos/<int:pk>/", mesa_de_luz.foto, name="oficina_foto"),
        path(f"{una}fotos/<int:pk>/imagen/", mesa_de_luz.imagen, name="oficina_foto_imagen"),
    ]


poner_en_el_menu("sesiones", "Sesiones fotográficas", "oficina_sesiones", "image", sesion_fotografica.tiene_sesiones)
