"""Las direcciones y el menú de las memorias."""

from django.templatetags.static import static
from django.urls import URLPattern, path, re_path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from archivo.oficina.puerta import poner_en_el_menu
from memoria_anual.oficina import asuntos_de_edicion as _asuntos_de_edicion  # noqa: F401 - al importarse se registran
from memoria_anual.oficina.plantillas_de_capitulos import PlantillaViewSet
from memoria_anual.oficina.reglas_de_recordatorio import RecordatorioViewSet
from memoria_anual.oficina.vistas import aportaciones, capitulos, evidencia, memorias


@hooks.register("register_admin_urls")
def direcciones_de_edicion() -> list[URLPattern]:
    """Memorias y capítulos."""
    return [
        path("memorias/", memorias.lista, name="memoria_lista"),
        path("memorias/abrir/", memorias.abrir, name="memoria_abrir"),
        path("memorias/<int:pk>/", memorias.ver, name="memoria_ver"),
        path("memorias/<int:pk>/datos/", memorias.datos, name="memoria_datos"),
        path("memorias/<int:pk>/duplicar/", memorias.desde_otra, name="memoria_duplicar"),
        path("memorias/<int:pk>/corte/", memorias.corte, name="memoria_corte_de"),
        path("memorias/<int:pk>/ajuste/", memorias.ajuste, name="memoria_ajuste"),
        path("memorias/<int:pk>/paso/<slug:accion>/", memorias.paso, name="memoria_paso"),
        path("memorias/<int:pk>/evidencia/", evidencia.ver, name="memoria_evidencia"),
        path("memorias/<int:pk>/salas/", evidencia.abrir, name="memoria_sala_abrir"),
        path("memorias/salas/<int:pk>/cerrar/", evidencia.cerrar, name="memoria_sala_cerrar"),
        re_path(
            r"^memorias/(?P<pk>\d+)/borrador\.(?P<formato>pdf|docx|xlsx|csv|relacion\.csv|resumen\.pdf)$",
            memorias.borrador,
            name="memoria_borrador",
        ),
        path("memorias/capitulos/<int:pk>/", capitulos.CapituloView.as_view(), name="memoria_capitulo"),
        path("memorias/capitulos/<int:pk>/previa/", capitulos.previa, name="memoria_capitulo_previa"),
        path("memorias/capitulos/<int:pk>/cambios/", capitulos.cambios, name="memoria_capitulo_cambios"),
        path("memorias/capitulos/<int:pk>/comentar/", capitulos.decir, name="memoria_comentar"),
        path("memorias/capitulos/<int:pk>/lugar/", capitulos.lugar, name="memoria_capitulo_lugar"),
        path("memorias/<int:pk>/capitulos/", capitulos.agregar, name="memoria_capitulo_agregar"),
        path("memorias/comentarios/<int:pk>/atender/", capitulos.atender, name="memoria_atender"),
    ]


@hooks.register("register_admin_urls")
def direcciones_de_aportaciones() -> list[URLPattern]:
    """Lo que se pide a las dependencias."""
    return [
        path("memorias/<int:pk>/pedir/", aportaciones.pedir, name="memoria_pedir"),
        path("memorias/aportaciones/<int:pk>/", aportaciones.ver, name="memoria_aportacion"),
        path("memorias/aportaciones/<int:pk>/recordar/", aportaciones.recordar, name="memoria_aportacion_recordar"),
        path("memorias/aportaciones/<int:pk>/<slug:accion>/", aportaciones.mover, name="memoria_aportacion_mover"),
    ]


@hooks.register("register_admin_viewset")
def pantallas_de_datos() -> list[ModelViewSet]:
    """Los capítulos con que empieza toda memoria y los días en que se recuerda lo pedido."""
    return [PlantillaViewSet(), RecordatorioViewSet()]


poner_en_el_menu(
    "memorias", "Memorias", "memoria_lista", "doc-full-inverse", lambda usuario: usuario.has_perm("edicion.view_memoria")
)


@hooks.register("insert_editor_js")
def guion_de_capitulos() -> SafeString:
    """Nombres distintos para los bloques de un capítulo."""
    return format_html('<script src="{}"></script>', static("oficina_memoria/capitulos.js"))
