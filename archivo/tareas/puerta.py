"""La puerta de las tareas: encargar trabajo de fondo y contar cómo va."""

from archivo.tareas.cola import estado_de_la_cola, pendientes
from archivo.tareas.ejecucion import drenar
from archivo.tareas.errores import AccionImposible, CederElTurno, Reintentar, TareaAbandonada
from archivo.tareas.models import Encargo, EstadoDeTrabajo, FallaDeTrabajo, Trabajo
from archivo.tareas.periodicas import periodica
from archivo.tareas.trabajos import (
    anotar_fallas,
    avanzar,
    cancelado,
    cancelar,
    en_curso,
    encargar,
    reintentar,
    sin_atender,
    trabajo_actual,
)

__all__ = [
    "AccionImposible",
    "CederElTurno",
    "Encargo",
    "EstadoDeTrabajo",
    "FallaDeTrabajo",
    "Reintentar",
    "TareaAbandonada",
    "Trabajo",
    "anotar_fallas",
    "avanzar",
    "cancelado",
    "cancelar",
    "drenar",
    "en_curso",
    "encargar",
    "estado_de_la_cola",
    "pendientes",
    "periodica",
    "reintentar",
    "sin_atender",
    "trabajo_actual",
]
