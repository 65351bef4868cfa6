"""Direcciones públicas de las solicitudes de copias."""

from django.urls import path, re_path

from certificaciones.consulta.vistas import solicitudes

app_name = "solicitudes"
UNA, CODIGO = r"^(?P<folio>SI-\d{4}-\d{4,9})/", r"(?P<codigo>[0-9A-Z]{16})"
urlpatterns = [
    path("", solicitudes.inicio, name="inicio"),
    path("nueva/", solicitudes.nueva, name="nueva"),
    path("enlace/<secreto:testigo>/", solicitudes.enlace, name="enlace"),
    re_path(rf"{UNA}$", solicitudes.seguimiento, name="seguimiento"),
    re_path(rf"{UNA}acuse\.pdf$", solicitudes.acuse, name="acuse"),
    re_path(rf"{UNA}copia/{CODIGO}\.pdf$", solicitudes.descargar, name="copia"),
    re_path(rf"{UNA}copia/{CODIGO}-tomo-(?P<tomo>\d{{1,3}})\.pdf$", solicitudes.descargar, name="tomo"),
    re_path(rf"{UNA}copia/{CODIGO}\.zip$", solicitudes.descargar_todo, name="copia_entera"),
    re_path(rf"{UNA}copia/{CODIGO}/entrega\.pdf$", solicitudes.acuse_de_entrega, name="entrega"),
    re_path(rf"{UNA}desistir/$", solicitudes.desistir, name="desistir"),
]
