from django.apps import AppConfig


class IngestaConfig(AppConfig):
    """El camino de un archivo al catálogo: detectar, inspeccionar, extraer, describir, catalogar."""

    name = "archivo.ingesta"
    label = "ingesta"
    default_auto_field = "django.db.models.BigAutoField"
