from importlib import import_module

from django.apps import AppConfig

from archivo.registros import salud


class IngestaConfig(AppConfig):
    """El camino de un archivo al catálogo: detectar, inspeccionar, extraer, describir, catalogar."""

    name = "archivo.ingesta"
    label = "ingesta"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Da de alta lo que la ingesta hace sola y quién puede qué."""
        import_module("archivo.ingesta.periodicas")
        import_module("archivo.ingesta.concesiones").conceder_a_los_roles()
        salud("ocr")(import_module("archivo.ingesta.optica").estado)
