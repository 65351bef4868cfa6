"""Lo que la ingesta recuerda: cada archivo que llegó y cada importación, fila por fila."""

from archivo.ingesta.models.importacion import FilaImportada, Importacion, MapeoRecordado
from archivo.ingesta.models.ingreso import ABANDONO, Ingreso, IngresoQuerySet
from archivo.ingesta.models.intercambio import CargaDeDescripciones, InstrumentoRecibido, UnidadRecibida

__all__ = [
    "ABANDONO",
    "CargaDeDescripciones",
    "FilaImportada",
    "Importacion",
    "Ingreso",
    "IngresoQuerySet",
    "InstrumentoRecibido",
    "MapeoRecordado",
    "UnidadRecibida",
]
