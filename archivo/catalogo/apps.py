from django.apps import AppConfig


class CatalogoConfig(AppConfig):
    """Los elementos del archivo: tipos, descripción, estados, acceso, adjuntos y páginas."""

    name = "archivo.catalogo"
    label = "catalogo"
    default_auto_field = "django.db.models.BigAutoField"
