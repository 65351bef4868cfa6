"""Las direcciones y el menú de las cifras de la memoria."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from archivo.identidad.puerta import lector_de
from memoria_anual.oficina.vistas import cortes, indicadores, mediciones, metas, propios


class DeOficinaMenuItem(MenuItem):
    """Para quien lee cifras: cualquier rol que abra lo interno."""

    def is_shown(self, request: HttpRequest) -> bool:
        """¿Las lee?"""
        return lector_de(request.user).es_de_oficina


@hooks.register("register_admin_urls")
def direcciones_de_cifras() -> list[URLPattern]:
    """Indicadores, cortes, metas, mediciones e indicadores propios."""
    return [
        path("memoria/indicadores/", indicadores.lista, name="memoria_indicadores"),
        path("memoria/indicadores/<slug:clave>/", indicadores.ver, name="memoria_indicador"),
        path("memoria/cortes/", cortes.lista, name="memoria_cortes"),
        path("memoria/cortes/nuevo/", cortes.nuevo, name="memoria_corte_nuevo"),
        path("memoria/cortes/<int:pk>/", cortes.ver, name="memoria_corte"),
        path("memoria/cortes/<int:pk>/comprobar/", cortes.comprobar, name="memoria_corte_comprobar"),
        path("memoria/cortes/<int:pk>/comparar/", cortes.comparacion, name="memoria_corte_comparar"),
        path("memoria/cortes/<int:pk>/cifras/<slug:clave>/", cortes.cifra, name="memoria_corte_cifra"),
        path("memoria/metas/", metas.de_este_anio, name="memoria_metas_de_hoy"),
        path("memoria/metas/<int:anio>/", metas.ver, name="memoria_metas"),
        path("memoria/metas/<int:anio>/fijar/", metas.fijar, name="memoria_meta_fijar"),
        path("memoria/metas/<int:anio>/justificar/", metas.explicar, name="memoria_meta_justificar"),
        path("memoria/metas/<int:anio>/umbral/", metas.umbral, name="memoria_meta_umbral"),
        path("memoria/mediciones/", mediciones.lista, name="memoria_mediciones"),
        path("memoria/mediciones/<int:pk>/anular/", mediciones.quitar, name="memoria_medicion_anular"),
        path("memoria/propios/", propios.lista, name="memoria_propios"),
        path("memoria/propios/nuevo/", propios.nuevo, name="memoria_propio_nuevo"),
        path("memoria/propios/<int:pk>/", propios.editar, name="memoria_propio"),
    ]


@hooks.register("register_admin_menu_item")
def menu_de_indicadores() -> MenuItem:
    """Las cifras de un periodo."""
    return DeOficinaMenuItem("Indicadores", reverse("memoria_indicadores"), name="indicadores", icon_name="table", order=610)


@hooks.register("register_admin_menu_item")
def menu_de_metas() -> MenuItem:
    """El programa anual y su avance."""
    return DeOficinaMenuItem("Metas", reverse("memoria_metas_de_hoy"), name="metas", icon_name="check", order=611)


@hooks.register("register_admin_menu_item")
def menu_de_cortes() -> MenuItem:
    """Las cifras congeladas."""
    return DeOficinaMenuItem("Cortes", reverse("memoria_cortes"), name="cortes", icon_name="lock", order=612)


@hooks.register("register_admin_menu_item")
def menu_de_mediciones() -> MenuItem:
    """Lo que se teclea."""
    return DeOficinaMenuItem("Mediciones", reverse("memoria_mediciones"), name="mediciones", icon_name="edit", order=613)


@hooks.register("register_admin_menu_item")
def menu_de_propios() -> MenuItem:
    """Indicadores armados con una búsqueda."""
    return DeOficinaMenuItem(
        "Indicadores propios", reverse("memoria_propios"), name="indicadores-propios", icon_name="search", order=614
    )


@hooks.register("insert_global_admin_css")
def estilos_de_cifras() -> SafeString:
    """La hoja de las cifras."""
    return format_html('<link rel="stylesheet" href="{}">', static("oficina_memoria/cifras.css"))
