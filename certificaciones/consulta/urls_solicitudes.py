"""Direcciones públicas de las solicitudes de copias."""

from django.urls import path, re_path

from certificaciones.consulta.vistas import solicitudes

app_name = "solicitudes"
urlpatterns = [
    path("", solicitudes.inicio, name="inicio"),
    path("nueva/", solicitudes.nueva, name="nueva"),
    path("enlace/<str:testigo>/", solicitudes.enlace, name="enlace"),
    re_path(r"^(?P<folio>SI-\d{4}-\d{4,9})/$", solicitudes.seguimiento, name="seguimiento"),
    re_path(r"^(?P<folio>SI-\d{4}-\d{4,9})/copia/(?P<codigo>[0-9A-Z]{16})\.pdf$", solicitudes.descargar, name="copia"),
    re_path(r"^(?P<folio>SI-\d{4}-\d{4,9})/desistir/$", solicitudes.desistir, name="desistir"),
]
