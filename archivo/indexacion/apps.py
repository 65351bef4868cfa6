from importlib import import_module

from django.apps import AppConfig

from archivo.registros import al_dia, generacion_de_indice, instrumento, salud


class IndexacionConfig(AppConfig):
    """Del elemento al índice de búsqueda: qué se indexa, para quién, y la cola de cambios."""

    name = "archivo.indexacion"
    label = "indexacion"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Conecta los avisos y aporta lo suyo a preparar y a la salud."""
        import_module("archivo.indexacion.avisos")
        aportes = import_module("archivo.indexacion.aportes")
        instrumento(orden=900)(aportes.asegurar)
        al_dia(aportes.poner_al_dia)
        generacion_de_indice(aportes.generacion)
        salud("indice")(aportes.salud_del_indice)
