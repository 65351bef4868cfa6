from importlib import import_module

from django.apps import AppConfig


class OficinaConfig(AppConfig):
    """Las pantallas de la oficina dentro de Wagtail."""

    name = "archivo.oficina"
    label = "oficina"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registra las políticas de los tipos y lo que concede cada rol."""
        permisos = import_module("archivo.oficina.permisos")
        permisos.registrar_politicas()
        permisos.conceder_catalogos()
