"""Las pantallas de los catálogos: áreas, series, temas e institución. Los cargos se dan en «Personas»."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.puerta import SerieDeNumeracion, Tema, avisar_de_los_que_usan
from archivo.identidad.puerta import Area, Institucion
from archivo.oficina.formularios.tema import PANELES_DE_TEMA

CLASES = {
    "identidad.area": "area",
    "identidad.institucion": "institucion",
    "catalogo.seriedenumeracion": "serie",
    "catalogo.tema": "tema",
}


def dejar_constancia(instancia: Any, accion: str, usuario: Any) -> None:
    """Un cambio en un catálogo queda en la bitácora."""
    nombre = CLASES[instancia._meta.label_lower]
    objeto = f"{nombre}:{getattr(instancia, 'clave', instancia.pk)}"
    registrar(SucesoNuevo(clase=f"{nombre}.{accion}", objeto=objeto, actor=usuario, detalle={"dice": str(instancia)[:300]}))


class CrearView(CreateView):
    """Alta en un catálogo, con su constancia en la misma transacción."""

    def save_instance(self) -> Any:
        """Guarda y anota."""
        instancia = super().save_instance()
        dejar_constancia(instancia, "creada", self.request.user)
        return instancia


class CambiarView(EditView):
    """Cambio en un catálogo, con su constancia en la misma transacción."""

    def save_instance(self) -> Any:
        """Guarda, anota y, si lo que cambia se busca, avisa de los elementos que lo llevan."""
        instancia = super().save_instance()
        dejar_constancia(instancia, "cambiada", self.request.user)
        if isinstance(instancia, Area | SerieDeNumeracion | Tema) and "nombre" in self.form.changed_data:
            avisar_de_los_que_usan(instancia)
        return instancia


class QuitarView(DeleteView):
    """Baja de un catálogo, con su constancia en la misma transacción."""

    def delete_action(self) -> Any:
        """Anota y borra."""
        with transaction.atomic():
            dejar_constancia(self.object, "borrada", self.request.user)
            return super().delete_action()


class CatalogoViewSet(ModelViewSet):
    """Un catálogo: sin índice de referencias; todo cambio queda en la bitácora."""

    add_view_class = CrearView
    edit_view_class = CambiarView
    delete_view_class = QuitarView
    add_to_reference_index = False
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50


class SiNoColumn(Column):
    """Un dato de sí o no, dicho en palabras."""

    def get_value(self, instancia: Any) -> str:
        """«Sí» o «No»."""
        return "Sí" if super().get_value(instancia) else "No"


class AreaViewSet(CatalogoViewSet):
    """Las unidades productoras."""

    model = Area
    icon = "group"
    list_display = ["nombre", "clave", "padre", "vigente_hasta", SiNoColumn("por_verificar", label="Por verificar")]
    list_filter = ["por_verificar"]
    search_fields = ["nombre", "clave"]
    panels = [FieldPanel(c) for c in ("clave", "nombre", "padre", "vigente_desde", "vigente_hasta", "por_verificar")]


class SerieViewSet(CatalogoViewSet):
    """Las series con folio."""

    model = SerieDeNumeracion
    icon = "list-ol"
    list_display = ["nombre", "clave", "plantilla_folio", SiNoColumn("activa", label="Activa")]
    panels = [FieldPanel(c) for c in ("clave", "nombre", "plantilla_folio", "activa")]


class TemaCrearView(CreateView):
    """Un término nuevo, por el servicio del vocabulario."""

    def save_instance(self) -> Any:
        """Guarda con sus sinónimos y relaciones."""
        return self.form.guardar(self.request.user)


class TemaCambiarView(EditView):
    """Corregir un término, por el servicio del vocabulario."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """También, pasar sus elementos a otro término."""
        direccion = reverse("oficina_tema_reemplazar", args=[self.object.pk])
        return [*super().header_more_buttons, Button("Reemplazar por otro término", url=direccion, icon_name="resubmit")]

    def save_instance(self) -> Any:
        """Guarda, avisa a la búsqueda y, si lo reemplaza otro, mueve sus elementos."""
        return self.form.guardar(self.request.user)


class TemaViewSet(CatalogoViewSet):
    """El vocabulario temático."""

    model = Tema
    icon = "tag"
    add_view_class = TemaCrearView
    edit_view_class = TemaCambiarView
    list_display = ["nombre", "esquema", "notacion", Column("get_estado_display", label="Estado")]
    list_filter = ["estado", "esquema"]
    search_fields = ["nombre", "normal", "etiquetas__normal"]
    edit_handler = PANELES_DE_TEMA


class InstitucionViewSet(CatalogoViewSet):
    """La institución dueña del archivo."""

    model = Institucion
    menu_label = "Institución"
    icon = "site"
    list_display = ["nombre", "clave", "oficina"]
    panels = [FieldPanel(c) for c in ("clave", "nombre", "oficina", "domicilio", "telefono", "sitio")]


class CatalogosGroup(ModelViewSetGroup):
    """El menú «Catálogos»."""

    menu_label = "Catálogos"
    menu_icon = "list-ul"
    menu_order = 800
    items = (AreaViewSet, SerieViewSet, TemaViewSet, InstitucionViewSet)
