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
from memoria_anual.indicadores.metas import (
    Avance,
    AvanceAnual,
    MetaRechazada,
    avances,
    justificar,
    programar,
    puede_programar,
    umbral_vigente,
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
from memoria_anual.indicadores.registro import IndicadorDesconocido, registrado_en_codigo, registrar_indicador
from memoria_anual.indicadores.visibilidad import ABREN, visibles

__all__ = [
    "ABREN",
    "Avance",
    "AvanceAnual",
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
    "MetaRechazada",
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
    "avances",
    "calcular",
    "capturar",
    "cifra",
    "cifras",
    "desglose",
    "desgloses",
    "indicador",
    "indicadores",
    "justificar",
    "leer_periodo",
    "lista",
    "periodo_del_trimestre",
    "peticion_de",
    "programar",
    "puede_capturar_mediciones",
    "puede_programar",
    "registrado_en_codigo",
    "registrar_indicador",
    "serie",
    "umbral_vigente",
    "visibles",
]
