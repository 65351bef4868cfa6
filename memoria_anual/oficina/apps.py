from importlib import import_module

from django.apps import AppConfig

from archivo.registros import tras_la_muestra


class OficinaDeMemoriaConfig(AppConfig):
    """Las pantallas de quien integra la memoria, dentro de la oficina."""

    name = "memoria_anual.oficina"
    label = "oficina_de_memoria_anual"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """El archivo de muestra trae memorias."""
        tras_la_muestra(import_module("memoria_anual.oficina.muestra").sembrar)
