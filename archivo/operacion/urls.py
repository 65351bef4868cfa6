"""Direcciones de la salud del archivo."""

from django.urls import path

from archivo.operacion import views

urlpatterns = [
    path("viva", views.viva, name="salud_viva"),
    path("lista", views.lista, name="salud_lista"),
    path("detalle", views.detalle, name="salud_detalle"),
]
