from importlib import import_module

from django.apps import AppConfig

from archivo.registros import instrumento


class EdicionConfig(AppConfig):
    """La memoria: capítulos, aportaciones, estados y lo que sale de ella."""

    name = "memoria_anual.edicion"
    label = "edicion"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Concede a cada rol lo suyo; los capítulos y los recordatorios de fábrica son instrumentos; registra lo que se hace con el reloj."""
        import_module("memoria_anual.edicion.concesiones").conceder_a_los_roles()
        instrumento(orden=70)(import_module("memoria_anual.edicion.plantillas").asegurar_plantillas)
        instrumento(orden=71)(import_module("memoria_anual.edicion.servicios.recordatorios").asegurar_reglas)
        import_module("memoria_anual.edicion.periodicas")
