from django.apps import AppConfig


class OficinaConfig(AppConfig):
    """Las pantallas de la oficina dentro de Wagtail."""

    name = "archivo.oficina"
    label = "oficina"
    default_auto_field = "django.db.models.BigAutoField"
