from django.apps import AppConfig


class MuestraConfig(AppConfig):
    """El archivo de demostración, generado con semilla fija."""

    name = "archivo.muestra"
    label = "muestra"
    default_auto_field = "django.db.models.BigAutoField"
