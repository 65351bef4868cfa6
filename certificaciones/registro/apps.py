from importlib import import_module

from django.apps import AppConfig

from archivo.registros import salud


class RegistroConfig(AppConfig):
    """El registro de lo expedido: asientos encadenados, árbol de Merkle y puntos de control."""

    name = "certificaciones.registro"
    label = "registro"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Carga las revisiones y lo que se hace cada día, y responde por la salud del registro."""
        import_module("certificaciones.registro.checks")
        import_module("certificaciones.registro.periodicas")
        salud("registro")(import_module("certificaciones.registro.sellos").estado)
