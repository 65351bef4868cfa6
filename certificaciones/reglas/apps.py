from django.apps import AppConfig


class ReglasConfig(AppConfig):
    """Los datos con vigencia que deciden una copia: facultades para certificar, tarifas, modelos de texto."""

    name = "certificaciones.reglas"
    label = "reglas"
    default_auto_field = "django.db.models.BigAutoField"
