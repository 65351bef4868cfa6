"""La puerta de la archivística: lo único que los demás pisos usan de aquí."""

from archivo.archivistica.models import (
    NIVELES_DE_CLASE,
    PLAZO_MAXIMO,
    ActoSobreClases,
    CuadroClasificacion,
    Equivalencia,
    FichaValoracion,
    NivelClasificacion,
    ValidacionDeCuadro,
)

__all__ = [
    "NIVELES_DE_CLASE",
    "PLAZO_MAXIMO",
    "ActoSobreClases",
    "CuadroClasificacion",
    "Equivalencia",
    "FichaValoracion",
    "NivelClasificacion",
    "ValidacionDeCuadro",
]
