"""Lo que la ingesta recuerda: cada archivo que llegó y cada importación, fila por fila."""

from archivo.ingesta.models.importacion import FilaImportada, Importacion, MapeoRecordado
from archivo.ingesta.models.ingreso import ABANDONO, Ingreso, IngresoQuerySet

__all__ = ["ABANDONO", "FilaImportada", "Importacion", "Ingreso", "IngresoQuerySet", "MapeoRecordado"]
