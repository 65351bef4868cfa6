from importlib import import_module

from django.apps import AppConfig


class SolicitudesConfig(AppConfig):
    """La solicitud detrás de una copia: quién pide, qué, cuánto cuesta y cómo se entrega."""

    name = "certificaciones.solicitudes"
    label = "solicitudes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Concede a cada rol lo suyo y registra lo que se hace con el reloj."""
        import_module("certificaciones.solicitudes.concesiones").conceder_a_los_roles()
        import_module("certificaciones.solicitudes.periodicas")
