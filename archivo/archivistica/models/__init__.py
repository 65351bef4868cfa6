"""Los modelos de la clasificación archivística."""

from archivo.archivistica.models.actos import ActoSobreClases, ValidacionDeCuadro
from archivo.archivistica.models.cuadro import (
    NIVELES_DE_CLASE,
    CuadroClasificacion,
    CuadroQuerySet,
    Equivalencia,
    NivelClasificacion,
    NivelQuerySet,
)
from archivo.archivistica.models.ficha import PLAZO_MAXIMO, FichaValoracion

__all__ = [
    "NIVELES_DE_CLASE",
    "PLAZO_MAXIMO",
    "ActoSobreClases",
    "CuadroClasificacion",
    "CuadroQuerySet",
    "Equivalencia",
    "FichaValoracion",
    "NivelClasificacion",
    "NivelQuerySet",
    "ValidacionDeCuadro",
]
