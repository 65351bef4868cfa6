from django.apps import AppConfig


class AuditoriaConfig(AppConfig):
    """Sucesos que sólo se agregan, sellados en una cadena: quién hizo, vio o fue rechazado."""

    name = "archivo.auditoria"
    label = "auditoria"
    default_auto_field = "django.db.models.BigAutoField"
