from importlib import import_module

from django.apps import AppConfig

from archivo.registros import instrumento_de_muestra


class ArchivisticaConfig(AppConfig):
    """Cuadro de clasificación, catálogo de disposición documental y expedientes."""

    name = "archivo.archivistica"
    label = "archivistica"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Concede a cada rol lo suyo y aporta los expedientes a los pisos de junto."""
        import_module("archivo.archivistica.concesiones").conceder_a_los_roles()
        import_module("archivo.archivistica.expedientes.conexiones").conectar()
        instrumento_de_muestra(import_module("archivo.archivistica.instrumentos.muestra").cargar_cuadro_de_muestra)
