"""Los capítulos con que empieza toda memoria: se editan como datos; los de fábrica son de muestra."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel

from memoria_anual.edicion.puerta import PlantillaDeCapitulo
from memoria_anual.oficina.datos_con_constancia import DatosViewSet


class PlantillaViewSet(DatosViewSet):
    """Las plantillas de capítulos. Sin cuerpo, la memoria pone las cifras que los indicadores dicen de ese capítulo."""

    model = PlantillaDeCapitulo
    icon = "doc-full"
    menu_label = "Plantillas de capítulos"
    list_display = ["orden", "titulo", "origen"]
    panels = [
        FieldRowPanel([FieldPanel("orden"), FieldPanel("origen"), FieldPanel("es_muestra")]),
        FieldPanel("titulo"),
        FieldPanel("entradilla"),
        FieldPanel("cuerpo"),
    ]
