"""Las pantallas de los catálogos: áreas, series, temas e institución. Los cargos se dan en «Personas»."""

from typing import Any

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button

from archivo.auditoria.puerta import SucesoNuevo, registrar
from archivo.catalogo.puerta import (
    PeriodoVeda,
    Rotulo,
    SerieDeNumeracion,
    Tema,
    aplicar_vedas,
    avisar_de_los_que_usan,
    claves_con_nombre,
    quitar_veda,
    suspendido_hoy,
)
from archivo.identidad.puerta import Area, Institucion, lector_de
from archivo.indexacion.puerta import GrupoDeSinonimos
from archivo.oficina.formularios.campos import DiaWidget
from archivo.oficina.formularios.tema import PANELES_DE_TEMA

CLASES = {
    "identidad.area": "area",
    "identidad.institucion": "institucion",
    "catalogo.seriedenumeracion": "serie",
    "catalogo.tema": "tema",
    "catalogo.rotulo": "rotulo",
    "catalogo.periodoveda": "veda",
    "archivistica.regladeexpedientes": "regla_de_expedientes",
    "indexacion.grupodesinonimos": "sinonimos",
}


def dejar_constancia(instancia: Any, accion: str, usuario: Any, cambios: dict[str, list[str]] | None = None) -> None:
    """Un cambio en un catálogo queda en la bitácora, con lo que decía y lo que dice cada campo: `{campo: [antes, después]}`."""
    nombre = CLASES[instancia._meta.label_lower]
    objeto = f"{nombre}:{getattr(instancia, 'clave', instancia.pk)}"
    detalle = {"dice": str(instancia)[:300]} | ({"cambios": cambios} if cambios else {})
    registrar(SucesoNuevo(clase=f"{nombre}.{accion}", objeto=objeto, actor=usuario, detalle=detalle))


def lo_que_cambia(form: Any) -> dict[str, list[str]]:
    """Lo que decía y lo que dice cada campo cambiado."""
    campos = [c for c in form.changed_data if c in form.cleaned_data]
    return {c: [str(form.initial.get(c) or "")[:300], str(form.cleaned_data[c] or "")[:300]] for c in campos}


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
        dejar_constancia(instancia, "cambiada", self.request.user, lo_que_cambia(self.form))
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


class RotuloViewSet(CatalogoViewSet):
    """Cómo llama esta oficina a las opciones de una lista."""

    model = Rotulo
    icon = "edit"
    menu_label = "Nombres de opciones"
    list_display = ["nombre", Column("get_lista_display", label="Lista"), "clave"]
    list_filter = ["lista"]
    panels = [FieldPanel("lista"), FieldPanel("clave", widget=forms.Select(choices=claves_con_nombre())), FieldPanel("nombre")]


class SinonimosViewSet(CatalogoViewSet):
    """Siglas y nombres sucesivos que valen lo mismo al buscar."""

    model = GrupoDeSinonimos
    icon = "link"
    menu_label = "Sinónimos de búsqueda"
    list_display = [Column("__str__", label="Valen lo mismo")]
    search_fields = ["expresiones"]
    panels = [FieldPanel("expresiones", widget=forms.Textarea(attrs={"rows": 6}))]


class DeVeda:
    """Lo común a las pantallas de la veda: al guardar se aplica, y se dice qué quedó fuera del sitio."""

    def save_instance(self) -> Any:
        """Guarda, anota y retira o repone en el acto."""
        instancia = super().save_instance()
        aplicar_vedas()
        return instancia

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Con lo que hoy está oculto."""
        return super().get_context_data(**kwargs) | {"suspendido": suspendido_hoy(lector_de(self.request.user))}


class VedasView(DeVeda, IndexView):
    """Los periodos, con lo que hoy está oculto."""


class VedaCrearView(DeVeda, CrearView):
    """Un periodo nuevo."""


class VedaCambiarView(DeVeda, CambiarView):
    """Corregir un periodo."""


class VedaQuitarView(DeleteView):
    """Quitar un periodo repone lo que retiró."""

    def delete_action(self) -> Any:
        """Por el servicio, que lo anota."""
        quitar_veda(self.object, self.request.user)


class VedaViewSet(CatalogoViewSet):
    """Los periodos de veda electoral."""

    model = PeriodoVeda
    icon = "calendar-alt"
    menu_label = "Veda electoral"
    index_view_class = VedasView
    add_view_class = VedaCrearView
    edit_view_class = VedaCambiarView
    delete_view_class = VedaQuitarView
    index_template_name = "oficina/veda/lista.html"
    create_template_name = "oficina/veda/formulario.html"
    edit_template_name = "oficina/veda/formulario.html"
    list_display = ["nombre", "desde", "hasta", SiNoColumn("rige", label="Rige hoy")]
    panels = [
        FieldPanel("nombre"),
        FieldPanel("desde", widget=DiaWidget),
        FieldPanel("hasta", widget=DiaWidget),
        FieldPanel("fundamento"),
    ]


class CatalogosGroup(ModelViewSetGroup):
    """El menú «Catálogos»."""

    menu_label = "Catálogos"
    menu_icon = "list-ul"
    menu_order = 800
    items = (AreaViewSet, SerieViewSet, TemaViewSet, SinonimosViewSet, RotuloViewSet, VedaViewSet, InstitucionViewSet)
