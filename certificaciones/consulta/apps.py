from importlib import import_module

from django.apps import AppConfig


class ConsultaConfig(AppConfig):
    """Las páginas públicas: pedir una copia, verificarla, leer el registro."""

    name = "certificaciones.consulta"
    label = "consulta_de_certificaciones"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Ofrece «Pedir copia certificada» en la página de cada elemento."""
        import_module("certificaciones.consulta.panel_de_copia")
