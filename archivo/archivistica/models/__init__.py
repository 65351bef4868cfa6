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
from archivo.archivistica.models.expediente import ConsecutivoDeExpedientes, Expediente, ExpedienteQuerySet, Legajo, vence
from archivo.archivistica.models.ficha import PLAZO_MAXIMO, FichaValoracion
from archivo.archivistica.models.indice import IndiceElectronico
from archivo.archivistica.models.integracion import Integracion, IntegracionQuerySet
from archivo.archivistica.models.regla import ReglaDeExpedientes

__all__ = [
    "NIVELES_DE_CLASE",
    "PLAZO_MAXIMO",
    "ActoSobreClases",
    "ConsecutivoDeExpedientes",
    "CuadroClasificacion",
    "CuadroQuerySet",
    "Equivalencia",
    "Expediente",
    "ExpedienteQuerySet",
    "FichaValoracion",
    "IndiceElectronico",
    "Integracion",
    "IntegracionQuerySet",
    "Legajo",
    "NivelClasificacion",
    "NivelQuerySet",
    "ReglaDeExpedientes",
    "ValidacionDeCuadro",
    "vence",
]
