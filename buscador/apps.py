from django.apps import AppConfig


class BuscadorConfig(AppConfig):
    """Búsqueda pública y de la oficina."""

    name = "buscador"
