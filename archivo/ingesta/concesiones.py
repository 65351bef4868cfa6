"""Qué permisos dan los roles sobre lo que llega de otros archivos."""

from archivo.identidad.puerta import conceder

RECIBEN = ("archivo_historico", "coordinacion_archivos")


def conceder_a_los_roles() -> None:
    """Recibir un fondo descrito corresponde al archivo histórico y a la coordinación de archivos (LGA 27, 32)."""
    for rol in RECIBEN:
        conceder(rol, "wagtailadmin.access_admin", "ingesta.view_instrumentorecibido", "ingesta.add_instrumentorecibido")
