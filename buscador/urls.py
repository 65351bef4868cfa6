"""Direcciones de la búsqueda."""

from django.urls import path

from buscador import views
from buscador.exportacion import views as exportacion

app_name = "buscador"
urlpatterns = [
    path("buscar/", views.buscar, name="buscar"),
    path("buscar/sugerencias/", views.sugerencias, name="sugerencias"),
    path("buscar/exportar/", exportacion.exportar, name="exportar"),
    path("buscar/exportaciones/<str:testigo>/", exportacion.exportacion, name="exportacion"),
    path("buscar/exportaciones/<str:testigo>/archivo/", exportacion.descargar, name="exportacion_archivo"),
]
