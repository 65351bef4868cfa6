"""La puerta de la ingesta: recibir archivos y decidir sobre los que quedaron en cuarentena."""

from archivo.ingesta.models import Ingreso
from archivo.ingesta.servicios import Pedido, abrir_cuarentena, descartar, procesar, reanudar, recibir, reintentar
from archivo.ingesta.tasks import procesar_ingreso

__all__ = [
    "Ingreso",
    "Pedido",
    "abrir_cuarentena",
    "descartar",
    "procesar",
    "procesar_ingreso",
    "reanudar",
    "recibir",
    "reintentar",
]
