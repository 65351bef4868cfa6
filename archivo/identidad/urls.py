"""Direcciones de identidad."""

from django.urls import path

from archivo.identidad import views

urlpatterns = [path("<secreto:codigo>/", views.entrar, name="entrar")]
