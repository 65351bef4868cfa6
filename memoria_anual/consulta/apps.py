from django.apps import AppConfig


class ConsultaDeMemoriaConfig(AppConfig):
    """La memoria publicada, para quien la lee."""

    name = "memoria_anual.consulta"
    label = "consulta_de_memoria_anual"
    default_auto_field = "django.db.models.BigAutoField"
