"""Una pantalla de Wagtail por tipo, generada de su declaración."""

from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, path, re_path
from wagtail.snippets.views.snippets import LockView, SnippetViewSet, UnlockView

from archivo.catalogo.puerta import TipoDeItem, todos_los_tipos
from archivo.oficina.paneles import paneles_de
from archivo.oficina.vistas.captura import CorregirView, EscribirView, RecuperarView
from archivo.oficina.vistas.ciclo import PasoView
from archivo.oficina.vistas.comunes import DeUnElemento
from archivo.oficina.vistas.consulta import ConsultaView
from archivo.oficina.vistas.historia import CompararView, HistoriaView
from archivo.oficina.vistas.lista import ListaView
from archivo.oficina.vistas.previa import PreviaDeNuevoView, PreviaDeVersionView, PreviaView


class ApartarView(DeUnElemento, LockView):
    """Poner el candado."""

    accion = "change"


class SoltarView(DeUnElemento, UnlockView):
    """Quitar el candado."""

    accion = "change"


class ItemViewSet(SnippetViewSet):
    """Las pantallas de un tipo. Sólo hay direcciones para lo que la oficina hace: nada se borra ni se copia."""

    tipo: TipoDeItem
    add_to_reference_index = False
    search_backend_name = None
    inspect_view_enabled = True
    copy_view_enabled = False
    menu_hook = "register_admin_menu_item"
    index_results_template_name = "oficina/lista_resultados.html"
    index_template_name = "oficina/lista.html"
    create_template_name = edit_template_name = "oficina/formulario.html"
    index_view_class = ListaView
    add_view_class = EscribirView
    edit_view_class = CorregirView
    history_view_class = HistoriaView
    inspect_view_class = ConsultaView
    preview_on_add_view_class = PreviaDeNuevoView
    preview_on_edit_view_class = PreviaView
    revisions_view_class = PreviaDeVersionView
    revisions_compare_view_class = CompararView
    revisions_revert_view_class = RecuperarView
    lock_view_class = ApartarView
    unlock_view_class = SoltarView

    def __init__(self, tipo: TipoDeItem, orden: int) -> None:
        self.tipo = tipo
        self.model = tipo.modelo
        self.icon = self.menu_icon = tipo.icono
        self.menu_label = tipo.nombre_plural
        self.menu_name = tipo.codigo
        self.menu_order = orden
        self.base_url_path = f"elementos/{tipo.codigo}"
        super().__init__(name=tipo.codigo)

    def get_edit_handler(self) -> Any:
        """Los grupos del formulario."""
        return paneles_de(self.tipo).bind_to_model(self.model)

    def get_permissions_to_register(self) -> Any:
        """Los permisos del proxy (los de su modelo concreto no dicen nada), sin el de borrar."""
        suyo = ContentType.objects.get_for_model(self.model, for_concrete_model=False)
        return Permission.objects.filter(content_type=suyo).exclude(codename__startswith="delete_")

    def register_chooser_viewset(self) -> None:
        """Sin selector genérico: listaría lo que no se puede ver."""

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Sin direcciones de borrar ni de uso."""
        return super().get_common_view_kwargs(**{"delete_url_name": None, "usage_url_name": None, **kwargs})

    def _de_elemento(self, clase: Any, **kwargs: Any) -> Any:
        return self.construct_view(clase, **kwargs)

    @property
    def history_view(self) -> Any:
        """La historia."""
        return self._de_elemento(self.history_view_class)

    @property
    def inspect_view(self) -> Any:
        """La consulta."""
        return self._de_elemento(self.inspect_view_class)

    @property
    def revisions_compare_view(self) -> Any:
        """La comparación."""
        return self._de_elemento(self.revisions_compare_view_class)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Las direcciones del tipo."""
        versiones = "history/<int:pk>/revisions"
        return [
            path("", self.index_view, name="list"),
            path("results/", self.index_results_view, name="list_results"),
            path("add/", self.add_view, name="add"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("paso/<int:pk>/<slug:accion>/", self._de_elemento(PasoView), name="paso"),
            path("history/<int:pk>/", self.history_view, name="history"),
            path(f"{versiones}/<int:revision_id>/view/", self.revisions_view, name="revisions_view"),
            path(f"{versiones}/<int:revision_id>/revert/", self.revisions_revert_view, name="revisions_revert"),
            re_path(
                r"^history/(?P<pk>\d+)/revisions/compare/"
                r"(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$",
                self.revisions_compare_view,
                name="revisions_compare",
            ),
            path("preview/", self.preview_on_add_view, name="preview_on_add"),
            path("preview/<int:pk>/", self.preview_on_edit_view, name="preview_on_edit"),
            path("lock/<int:pk>/", self.lock_view, name="lock"),
            path("unlock/<int:pk>/", self.unlock_view, name="unlock"),
        ]


def pantallas_de_los_tipos() -> list[ItemViewSet]:
    """Una por tipo declarado, en el orden del registro."""
    return [ItemViewSet(tipo, 100 + n) for n, tipo in enumerate(todos_los_tipos())]
