"""Las direcciones y el menú de las memorias."""

from django.http import HttpRequest
from django.urls import URLPattern, path, re_path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from memoria_anual.oficina import asuntos_de_edicion as _asuntos_de_edicion  # noqa: F401 - al importarse se registran
from memoria_anual.oficina.plantillas_de_capitulos import PlantillaViewSet
from memoria_anual.oficina.vistas import aportaciones, capitulos, memorias


class MemoriasMenuItem(MenuItem):
    """Para quien edita, autoriza, aporta o audita memorias."""

    def is_shown(self, request: HttpRequest) -> bool:
        """¿Ve memorias?"""
        return request.user.has_perm("edicion.view_memoria")


@hooks.register("register_admin_urls")
def direcciones_de_edicion() -> list[URLPattern]:
    """Memorias, capítulos y aportaciones."""
    return [
        path("memorias/", memorias.lista, name="memoria_lista"),
        path("memorias/abrir/", memorias.abrir, name="memoria_abrir"),
        path("memorias/<int:pk>/", memorias.ver, name="memoria_ver"),
        path("memorias/<int:pk>/datos/", memorias.datos, name="memoria_datos"),
        path("memorias/<int:pk>/duplicar/", memorias.desde_otra, name="memoria_duplicar"),
        path("memorias/<int:pk>/corte/", memorias.corte, name="memoria_corte_de"),
        path("memorias/<int:pk>/ajuste/", memorias.ajuste, name="memoria_ajuste"),
        path("memorias/<int:pk>/paso/<slug:accion>/", memorias.paso, name="memoria_paso"),
        path("memorias/<int:pk>/evidencia/", memorias.evidencia, name="memoria_evidencia"),
        re_path(r"^memorias/(?P<pk>\d+)/borrador\.(?P<formato>pdf|docx|xlsx)$", memorias.borrador, name="memoria_borrador"),
        path("memorias/<int:pk>/pedir/", aportaciones.pedir, name="memoria_pedir"),
        path("memorias/capitulos/<int:pk>/", capitulos.CapituloView.as_view(), name="memoria_capitulo"),
        path("memorias/capitulos/<int:pk>/previa/", capitulos.previa, name="memoria_capitulo_previa"),
        path("memorias/capitulos/<int:pk>/cambios/", capitulos.cambios, name="memoria_capitulo_cambios"),
        path("memorias/capitulos/<int:pk>/comentar/", capitulos.decir, name="memoria_comentar"),
        path("memorias/comentarios/<int:pk>/atender/", capitulos.atender, name="memoria_atender"),
        path("memorias/aportaciones/<int:pk>/", aportaciones.ver, name="memoria_aportacion"),
        path("memorias/aportaciones/<int:pk>/<slug:accion>/", aportaciones.mover, name="memoria_aportacion_mover"),
    ]


@hooks.register("register_admin_viewset")
def pantalla_de_plantillas() -> PlantillaViewSet:
    """Los capítulos con que empieza toda memoria."""
    return PlantillaViewSet()


@hooks.register("register_admin_menu_item")
def menu_de_memorias() -> MenuItem:
    """Las memorias e informes."""
    return MemoriasMenuItem("Memorias", reverse("memoria_lista"), name="memorias", icon_name="doc-full-inverse", order=609)
