"""Lo que de los indicadores se guarda: mediciones tecleadas, indicadores propios, metas, umbrales y justificaciones."""

from memoria_anual.indicadores.models.medicion import MedicionCapturada
from memoria_anual.indicadores.models.meta import JustificacionDeMeta, MetaTrimestral, UmbralDeSemaforo
from memoria_anual.indicadores.models.propio import IndicadorPropio

__all__ = ["IndicadorPropio", "JustificacionDeMeta", "MedicionCapturada", "MetaTrimestral", "UmbralDeSemaforo"]
