"""La puerta de indicadores: lo único que los demás pisos usan de aquí."""

from memoria_anual.indicadores.calculo import calcular, cifra, cifras, desglose, desgloses, lista, serie
from memoria_anual.indicadores.captura import (
    CapturaRechazada,
    MedicionNueva,
    anular,
    capturar,
    puede_capturar_mediciones,
)
from memoria_anual.indicadores.catalogo import indicador, indicadores
from memoria_anual.indicadores.declaracion import (
    Celda,
    Cifra,
    Desglose,
    Fuente,
    Indicador,
    Medida,
    Origen,
    Porcion,
    Renglon,
    Semantica,
    Totales,
)
from memoria_anual.indicadores.models import (
    IndicadorPropio,
    JustificacionDeMeta,
    MedicionCapturada,
    MetaTrimestral,
    UmbralDeSemaforo,
)
from memoria_anual.indicadores.periodos import Periodo, PeriodoIlegible, leer_periodo, periodo_del_trimestre
from memoria_anual.indicadores.propios import PeticionInutilizable, peticion_de
from memoria_anual.indicadores.registro import IndicadorDesconocido, registrar_indicador
from memoria_anual.indicadores.visibilidad import ABREN, visibles

__all__ = [
    "ABREN",
    "CapturaRechazada",
    "Celda",
    "Cifra",
    "Desglose",
    "Fuente",
    "Indicador",
    "IndicadorDesconocido",
    "IndicadorPropio",
    "JustificacionDeMeta",
    "MedicionCapturada",
    "MedicionNueva",
    "Medida",
    "MetaTrimestral",
    "Origen",
    "Periodo",
    "PeriodoIlegible",
    "PeticionInutilizable",
    "Porcion",
    "Renglon",
    "Semantica",
    "Totales",
    "UmbralDeSemaforo",
    "anular",
    "calcular",
    "capturar",
    "cifra",
    "cifras",
    "desglose",
    "desgloses",
    "indicador",
    "indicadores",
    "leer_periodo",
    "lista",
    "periodo_del_trimestre",
    "peticion_de",
    "puede_capturar_mediciones",
    "registrar_indicador",
    "serie",
    "visibles",
]
