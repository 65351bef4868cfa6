"""Direcciones de la búsqueda."""

from django.urls import path

from buscador import views

app_name = "buscador"
urlpatterns = [
    path("buscar/", views.buscar, name="buscar"),
    path("buscar/sugerencias/", views.sugerencias, name="sugerencias"),
]
