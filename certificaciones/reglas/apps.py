from importlib import import_module

from django.apps import AppConfig

from archivo.registros import instrumento


class ReglasConfig(AppConfig):
    """Los datos con vigencia que deciden una copia: facultades para certificar, tarifas, modelos de texto."""

    name = "certificaciones.reglas"
    label = "reglas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Aporta los tabuladores y textos de muestra, que toda instalación recibe señalados como tales."""
        instrumento(orden=60)(import_module("certificaciones.reglas.muestra").cargar_reglas_de_muestra)
