"""Direcciones de la oficina: las de Wagtail."""

from django.urls import include, path

urlpatterns = [path("", include("wagtail.admin.urls"))]
