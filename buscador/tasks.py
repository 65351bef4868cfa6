"""Timbres: reciben una llave y llaman a su servicio. Pueden correr dos veces."""

from django.tasks import task

from buscador.avisos.servicios import pedir_confirmacion, revisar
from buscador.exportacion.servicios import juntar


@task(queue_name="pesada")
def juntar_exportacion(pk: int) -> int:
    """Junta las claves de una exportación; devuelve cuántas."""
    return juntar(pk)


@task()
def confirmar_aviso(pk: int) -> bool:
    """Pide por correo que se confirme un aviso; no escribe a lo ya confirmado."""
    return pedir_confirmacion(pk)


@task()
def alertas(pk: int) -> int:
    """Revisa una búsqueda guardada y manda lo nuevo; devuelve cuántos documentos anunció."""
    return revisar(pk)
