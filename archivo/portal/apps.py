from importlib import import_module

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Las páginas públicas: portada, elemento, descargas y errores."""

    name = "archivo.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Aporta la vista previa que la oficina muestra."""
        import_module("archivo.portal.views.previa")
