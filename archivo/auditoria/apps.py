from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditoriaConfig(AppConfig):
    """Sucesos que sólo se agregan, sellados en una cadena: quién hizo, vio o fue rechazado."""

    name = "archivo.auditoria"
    label = "auditoria"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Oye quién entra, quién sale y quién no pudo entrar; y tras migrar repone los disparadores de la historia."""
        import_module("archivo.auditoria.accesos")
        post_migrate.connect(import_module("archivo.auditoria.disparadores").reponer, sender=self)
