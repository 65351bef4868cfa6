from importlib import import_module

from django.apps import AppConfig

from archivo.registros import contador, instrumento


class CatalogoConfig(AppConfig):
    """Los elementos del archivo: tipos, descripción, estados, acceso, adjuntos y páginas."""

    name = "archivo.catalogo"
    label = "catalogo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Carga revisiones y concesiones."""
        import_module("archivo.catalogo.checks")
        import_module("archivo.catalogo.concesiones").conceder_a_los_roles()
        import_module("archivo.catalogo.periodicas")
        import_module("archivo.catalogo.aportes").registrar_aporte_de_acceso(
            import_module("archivo.catalogo.veda").aporte_de_la_veda
        )
        instrumentos = import_module("archivo.catalogo.instrumentos")
        instrumento(orden=50)(instrumentos.series_de_numeracion)
        contador(instrumentos.cuantos_elementos)
