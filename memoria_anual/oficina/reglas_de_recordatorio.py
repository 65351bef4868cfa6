"""Los días en que se recuerda a las dependencias lo que se les pidió: datos que lleva quien integra."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn

from memoria_anual.edicion.puerta import ReglaDeRecordatorio
from memoria_anual.oficina.datos_con_constancia import DatosViewSet


class RecordatorioViewSet(DatosViewSet):
    """Cuántos días antes o después se escribe, desde cuándo rige y qué se agrega al correo."""

    model = ReglaDeRecordatorio
    icon = "mail"
    menu_label = "Recordatorios a dependencias"
    list_display = ["__str__", "desde", "hasta", BooleanColumn("es_muestra", label="De muestra")]
    panels = [
        FieldRowPanel([FieldPanel("dias"), FieldPanel("cuando")]),
        FieldPanel("texto"),
        FieldRowPanel([FieldPanel("desde"), FieldPanel("hasta"), FieldPanel("es_muestra")]),
    ]
