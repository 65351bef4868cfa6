from django.apps import AppConfig


class IndexacionConfig(AppConfig):
    """Del elemento al índice de búsqueda: qué se indexa, para quién, y la cola de cambios."""

    name = "archivo.indexacion"
    label = "indexacion"
    default_auto_field = "django.db.models.BigAutoField"
