from django.apps import AppConfig


class OperacionConfig(AppConfig):
    """Preparar, servir y vigilar un archivo en marcha."""

    name = "archivo.operacion"
    label = "operacion"
    default_auto_field = "django.db.models.BigAutoField"
