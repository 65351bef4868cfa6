"""La puerta de las tareas: encargar trabajo de fondo y contar cómo va."""

from archivo.tareas.cola import estado_de_la_cola, pendientes
from archivo.tareas.ejecucion import drenar
from archivo.tareas.errores import AccionImposible, Reintentar, TareaAbandonada
from archivo.tareas.models import Encargo, EstadoDeTrabajo, Trabajo
from archivo.tareas.periodicas import periodica
from archivo.tareas.trabajos import avanzar, cancelado, cancelar, encargar, reintentar, trabajo_actual

__all__ = [
    "AccionImposible",
    "Encargo",
    "EstadoDeTrabajo",
    "Reintentar",
    "TareaAbandonada",
    "Trabajo",
    "avanzar",
    "cancelado",
    "cancelar",
    "drenar",
    "encargar",
    "estado_de_la_cola",
    "pendientes",
    "periodica",
    "reintentar",
    "trabajo_actual",
]
