"""Timbres: reciben una llave y llaman a su servicio."""

from datetime import date

from django.db import transaction
from django.tasks import task

from archivo.archivistica.expedientes.cierre import cerrar_expediente
from archivo.archivistica.models import Expediente
from archivo.identidad.puerta import Usuario
from archivo.tareas.puerta import Trabajo, avanzar, encargar

DOCUMENTOS_AL_MOMENTO = 500
"""Con más, leer completos sus archivos no cabe en lo que espera quien cierra: se encarga."""


@task(queue_name="pesada")
def cerrar_en_un_trabajo(pk: int, usuario: int, fecha_cierre: str) -> dict[str, int]:
    """Cierra un expediente con muchos documentos. Puede correr dos veces: el que ya cerró dice su versión."""
    expediente = Expediente.objects.get(pk=pk)
    if expediente.situacion.se_cierra:
        avanzar(0, None, "Leyendo completos sus archivos…")
        cerrar_expediente(expediente, Usuario.objects.get(pk=usuario), date.fromisoformat(fecha_cierre))
    ultimo = expediente.indices.last()
    return {"version": ultimo.version, "documentos": ultimo.documentos} if ultimo else {}


def cierre_tarda(expediente: Expediente) -> bool:
    """¿Tiene tantos documentos que se cierra en un trabajo?"""
    return expediente.integraciones.vigentes().count() > DOCUMENTOS_AL_MOMENTO


@transaction.atomic
def encargar_cierre(expediente: Expediente, usuario: Usuario, fecha_cierre: date) -> Trabajo:
    """Encarga cerrarlo; si algo falta, el trabajo lo dice y el expediente sigue abierto."""
    return encargar(
        cerrar_en_un_trabajo,
        expediente.pk,
        usuario.pk,
        fecha_cierre.isoformat(),
        descripcion=f"Cerrar el expediente {expediente.codigo}",
        actor=usuario,
        objeto=f"expediente:{expediente.clave}",
    )
