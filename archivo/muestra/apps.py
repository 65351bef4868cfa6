from importlib import import_module

from django.apps import AppConfig

from archivo.registros import muestra


class MuestraConfig(AppConfig):
    """El archivo de demostración, generado con semilla fija."""

    name = "archivo.muestra"
    label = "muestra"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Ofrece la siembra a quien prepara el archivo."""
        muestra(import_module("archivo.muestra.servicios").sembrar)
