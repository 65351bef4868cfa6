"""La pantalla de remisiones, dentro de la oficina."""

from django.urls import URLPattern, path
from wagtail import hooks

from certificaciones.consulta.vistas.remitir import remitir_copia


@hooks.register("register_admin_urls")
def direcciones_de_remisiones() -> list[URLPattern]:
    """`/admin/certificaciones/remitir/<clave>/`."""
    return [path("certificaciones/remitir/<str:clave>/", remitir_copia, name="certificaciones_remitir")]
