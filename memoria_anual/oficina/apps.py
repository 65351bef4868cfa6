from django.apps import AppConfig


class OficinaDeMemoriaConfig(AppConfig):
    """Las pantallas de quien integra la memoria, dentro de la oficina."""

    name = "memoria_anual.oficina"
    label = "oficina_de_memoria_anual"
    default_auto_field = "django.db.models.BigAutoField"
