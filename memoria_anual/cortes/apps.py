from django.apps import AppConfig


class CortesConfig(AppConfig):
    """Los cortes: cifras congeladas con la lista de lo que las forma."""

    name = "memoria_anual.cortes"
    label = "cortes"
    default_auto_field = "django.db.models.BigAutoField"
