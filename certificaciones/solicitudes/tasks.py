"""Timbres: reciben una llave y llaman a su servicio."""

from django.tasks import task

from certificaciones.solicitudes.servicios.correo import mandar_aviso


@task()
def enviar_aviso(pk: int) -> str:
    """Manda un aviso por correo; puede correr dos veces."""
    return mandar_aviso(pk)
