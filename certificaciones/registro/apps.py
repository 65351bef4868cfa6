from django.apps import AppConfig


class RegistroConfig(AppConfig):
    """El registro de lo expedido: asientos encadenados, árbol de Merkle y puntos de control."""

    name = "certificaciones.registro"
    label = "registro"
    default_auto_field = "django.db.models.BigAutoField"
