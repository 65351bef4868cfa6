from django.apps import AppConfig


class EdicionConfig(AppConfig):
    """La memoria: capítulos, aportaciones, estados y lo que sale de ella."""

    name = "memoria_anual.edicion"
    label = "edicion"
    default_auto_field = "django.db.models.BigAutoField"
