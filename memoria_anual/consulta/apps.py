from importlib import import_module

from django.apps import AppConfig

from archivo.registros import en_el_mapa


class ConsultaDeMemoriaConfig(AppConfig):
    """La memoria publicada, para quien la lee."""

    name = "memoria_anual.consulta"
    label = "consulta_de_memoria_anual"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lo publicado está en el mapa del sitio."""
        en_el_mapa(import_module("memoria_anual.consulta.mapa").paginas)
