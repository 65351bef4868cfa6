"""Direcciones del proyecto. Sólo cadenas: no importa ninguna aplicación."""

from django.urls import include, path

handler400 = "archivo.portal.errores.solicitud_incorrecta"
handler403 = "archivo.portal.errores.sin_permiso"
handler404 = "archivo.portal.errores.no_encontrado"
handler500 = "archivo.portal.errores.error_interno"

urlpatterns = [
    path("admin/", include("archivo.oficina.urls")),
    path("entrar/", include("archivo.identidad.urls")),
    path("salud/", include("archivo.operacion.urls")),
    path("solicitudes/", include("certificaciones.consulta.urls_solicitudes")),
    path("", include("certificaciones.consulta.urls")),
    path("", include("buscador.urls")),
    path("memoria/", include("memoria_anual.consulta.urls")),
    path("", include("archivo.portal.urls")),
]
