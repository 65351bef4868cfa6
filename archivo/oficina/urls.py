"""Direcciones de la oficina: las de Wagtail, menos las que aquí no se usan."""

from django.urls import include, path, re_path

from archivo.oficina.vistas.comunes import no_existe

CERRADAS = (
    "api", "block-preview", "bulk", "collections", "documents", "failwhale", "images", "pages", "reports", "snippets", "tag-autocomplete",
    "workflows",
)  # fmt: skip
"""Pantallas de páginas, imágenes, reportes y acciones en lote. No preguntan a la política de acceso: la lista de lo que «no se
puede borrar» de Wagtail diría los títulos de todo el archivo."""

urlpatterns = [
    re_path(rf"^(?:{'|'.join(CERRADAS)})/", no_existe),
    path("", include("wagtail.admin.urls")),
]
