from django.apps import AppConfig


class ActosConfig(AppConfig):
    """El acto de certificar: facultad, cotejo, texto, libro, expedición, cancelación y entrega."""

    name = "certificaciones.actos"
    label = "actos"
    default_auto_field = "django.db.models.BigAutoField"
