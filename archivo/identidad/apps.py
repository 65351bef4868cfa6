from django.apps import AppConfig
from django.urls import register_converter

from archivo.identidad.secretos import SecretoConverter


class IdentidadConfig(AppConfig):
    """Quién es quién: institución, áreas, roles con vigencia y enlaces de acceso."""

    name = "archivo.identidad"
    label = "identidad"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Las direcciones pueden declarar qué tramo es secreto."""
        register_converter(SecretoConverter, "secreto")
