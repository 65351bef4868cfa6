from importlib import import_module

from django.apps import AppConfig


class TareasConfig(AppConfig):
    """Trabajo de fondo que no se pierde: cola en la base de datos y su avance a la vista."""

    name = "archivo.tareas"
    label = "tareas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Registra sus revisiones."""
        import_module("archivo.tareas.checks")
