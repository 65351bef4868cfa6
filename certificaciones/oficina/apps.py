from importlib import import_module

from django.apps import AppConfig

from archivo.registros import tras_la_muestra


class OficinaDeCertificacionesConfig(AppConfig):
    """Las pantallas de quien solicita, coteja y certifica, dentro de la oficina."""

    name = "certificaciones.oficina"
    label = "oficina_de_certificaciones"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Concede a cada rol lo suyo y aporta a la bandeja."""
        import_module("certificaciones.oficina.concesiones").conceder_a_los_roles()
        import_module("certificaciones.oficina.asuntos")
        tras_la_muestra(import_module("certificaciones.oficina.muestra").sembrar)
