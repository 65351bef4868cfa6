from importlib import import_module

from django.apps import AppConfig

FAMILIAS = ("boletines", "agenda", "audiovisuales", "monitoreo", "difusion", "archivos", "copias", "capturados")


class IndicadoresConfig(AppConfig):
    """Los indicadores: reglas de conteo declaradas y la lista exacta que cada una cuenta."""

    name = "memoria_anual.indicadores"
    label = "indicadores"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declara los indicadores, en el orden en que se muestran."""
        for familia in FAMILIAS:
            import_module(f"memoria_anual.indicadores.reglas.{familia}")
