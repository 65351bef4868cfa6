"""Timbres: reciben una llave y llaman a su servicio. Pueden correr dos veces."""

from django.tasks import task

from buscador.exportacion.servicios import juntar


@task(queue_name="pesada")
def juntar_exportacion(pk: int) -> int:
    """Junta las claves de una exportación; devuelve cuántas."""
    return juntar(pk)
