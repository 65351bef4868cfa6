"""Los capítulos con que empieza toda memoria: se editan como datos; los de fábrica son de muestra."""

from typing import Any

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from archivo.auditoria.puerta import SucesoNuevo, registrar
from memoria_anual.edicion.puerta import PlantillaDeCapitulo


def _anotar(plantilla: PlantillaDeCapitulo, accion: str, usuario: Any) -> None:
    registrar(
        SucesoNuevo(
            f"plantilla_de_capitulo.{accion}", f"plantilla_de_capitulo:{plantilla.pk}", usuario, "", {"dice": str(plantilla)}
        )
    )


class CrearView(CreateView):
    """Un capítulo más, con su constancia."""

    def save_instance(self) -> Any:
        """Guarda y anota."""
        plantilla = super().save_instance()
        _anotar(plantilla, "creada", self.request.user)
        return plantilla


class CambiarView(EditView):
    """Corregir un capítulo; lo que se corrige deja de ser de muestra si se dice."""

    def save_instance(self) -> Any:
        """Guarda y anota."""
        plantilla = super().save_instance()
        _anotar(plantilla, "cambiada", self.request.user)
        return plantilla


class PlantillaViewSet(ModelViewSet):
    """Las plantillas de capítulos. Sin cuerpo, la memoria pone las cifras que los indicadores dicen de ese capítulo."""

    model = PlantillaDeCapitulo
    icon = "doc-full"
    menu_label = "Plantillas de capítulos"
    add_to_admin_menu = False
    add_view_class = CrearView
    edit_view_class = CambiarView
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["orden", "titulo", "origen"]
    panels = [
        FieldRowPanel([FieldPanel("orden"), FieldPanel("origen"), FieldPanel("es_muestra")]),
        FieldPanel("titulo"),
        FieldPanel("entradilla"),
        FieldPanel("cuerpo"),
    ]
