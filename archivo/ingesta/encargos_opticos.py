"""Timbre de la lectura óptica: recibe la clave de un archivo, lee un turno y cede el paso si falta."""

from django.tasks import task

from archivo.catalogo.puerta import Adjunto
from archivo.identidad.puerta import Usuario
from archivo.ingesta import optica
from archivo.tareas.puerta import CederElTurno, anotar_fallas, avanzar, cancelado, encargar

PRIORIDAD = -10
"""Después de las importaciones y los ingresos, que alguien espera."""


def _contar(hechas: int, total: int) -> bool:
    avanzar(hechas, total, f"{hechas:,} de {total:,} páginas")
    return cancelado()


@task(queue_name="pesada", priority=PRIORIDAD)
def leer_adjunto(pk: int) -> dict[str, int]:
    """Lee lo que falte de un archivo: `{"leidas", "faltan", "fallas"}`. Puede correr dos veces, y morir en cualquier página."""
    resultado = optica.leer(pk, _contar)
    anotar_fallas(resultado.fallas)
    if resultado.faltan and not cancelado():
        raise CederElTurno
    return {"leidas": resultado.leidas, "faltan": resultado.faltan, "fallas": len(resultado.fallas)}


def encargar_lectura(adjunto: Adjunto, actor: Usuario | None) -> bool:
    """Encarga leer un archivo si lo necesita y hay con qué. Nunca detiene a quien lo ingresa."""
    if not optica.pedir(adjunto):
        return False
    encargar(
        leer_adjunto,
        adjunto.pk,
        descripcion=f"Leer por máquina «{adjunto.nombre}»",
        actor=actor,
        objeto=f"item:{adjunto.item.clave}",
    )
    return True
