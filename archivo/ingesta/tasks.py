"""Timbres: reciben la clave de un ingreso y llaman al servicio."""

from datetime import timedelta

from django.tasks import task

from archivo.ingesta.models import Ingreso
from archivo.ingesta.servicios import procesar
from archivo.objetos.puerta import SinEspacio
from archivo.tareas.puerta import Reintentar


@task(queue_name="pesada")
def procesar_ingreso(pk: int) -> dict[str, str | None]:
    """Lleva un ingreso hasta su veredicto: `{"estado", "motivo", "clave"}`. Puede correr dos veces."""
    try:
        ingreso = procesar(pk)
    except SinEspacio as lleno:
        raise Reintentar(str(lleno), en=timedelta(minutes=5)) from lleno
    if ingreso.estado == Ingreso.Estado.PROCESANDO:
        raise Reintentar("Otro proceso lo tiene; se revisará de nuevo.", en=timedelta(minutes=2))
    return {"estado": ingreso.estado, "motivo": ingreso.motivo, "clave": ingreso.item.clave if ingreso.item else None}
