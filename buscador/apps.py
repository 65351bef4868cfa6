from importlib import import_module

from django.apps import AppConfig


class BuscadorConfig(AppConfig):
    """Búsqueda pública y de la oficina."""

    name = "buscador"
    verbose_name = "Búsqueda"

    def ready(self) -> None:
        """Lo que el buscador aporta a la página de un elemento, y lo que hace solo."""
        import_module("buscador.recorrido")
        import_module("buscador.periodicas")
