from django.apps import AppConfig


class IndicadoresConfig(AppConfig):
    """Los indicadores: reglas de conteo declaradas y la lista exacta que cada una cuenta."""

    name = "memoria_anual.indicadores"
    label = "indicadores"
    default_auto_field = "django.db.models.BigAutoField"
