"""La puerta de la archivística: lo único que los demás pisos usan de aquí."""

from archivo.archivistica.expedientes.acceso import puede_gestionar
from archivo.archivistica.expedientes.acceso import se_audita as se_audita_expediente
from archivo.archivistica.expedientes.apertura import abrir_expediente, anotar, corregir_expediente, objeto_de
from archivo.archivistica.expedientes.aportes import ExpedienteEnIndice, expedientes_de
from archivo.archivistica.expedientes.cierre import Requisito, cerrar_expediente, reabrir_expediente, requisitos_de_cierre
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.estados import ESTADOS_DE_EXPEDIENTE, EstadoDeExpediente
from archivo.archivistica.expedientes.impresos import caratula, etiquetas, etiquetas_de_caja, valoracion_vigente, vencimiento
from archivo.archivistica.expedientes.integracion import Documento, abrir_legajo, integrar, ordenar, reclasificar, ultima_foja
from archivo.archivistica.expedientes.inventarios import INVENTARIOS, en_csv, en_xlsx, renglones
from archivo.archivistica.expedientes.reglas import asegurar_regla, falta_de_la_plantilla, falta_del_titulo, regla_para
from archivo.archivistica.expedientes.verificacion import InformeDeIndices, por_verificar, verificar_expedientes
from archivo.archivistica.models import (
    NIVELES_DE_CLASE,
    PLAZO_MAXIMO,
    ActoSobreClases,
    CuadroClasificacion,
    Equivalencia,
    Expediente,
    ExpedienteQuerySet,
    FichaValoracion,
    IndiceElectronico,
    Integracion,
    Legajo,
    NivelClasificacion,
    ReglaDeExpedientes,
    ValidacionDeCuadro,
)
from archivo.archivistica.servicios import recibidos

__all__ = [
    "ESTADOS_DE_EXPEDIENTE",
    "INVENTARIOS",
    "NIVELES_DE_CLASE",
    "PLAZO_MAXIMO",
    "ActoSobreClases",
    "CuadroClasificacion",
    "Documento",
    "Equivalencia",
    "EstadoDeExpediente",
    "Expediente",
    "ExpedienteEnIndice",
    "ExpedienteQuerySet",
    "ExpedienteRechazado",
    "FichaValoracion",
    "IndiceElectronico",
    "InformeDeIndices",
    "Integracion",
    "Legajo",
    "NivelClasificacion",
    "ReglaDeExpedientes",
    "Requisito",
    "ValidacionDeCuadro",
    "abrir_expediente",
    "abrir_legajo",
    "anotar",
    "asegurar_regla",
    "caratula",
    "cerrar_expediente",
    "corregir_expediente",
    "en_csv",
    "en_xlsx",
    "etiquetas",
    "etiquetas_de_caja",
    "expedientes_de",
    "falta_de_la_plantilla",
    "falta_del_titulo",
    "integrar",
    "objeto_de",
    "ordenar",
    "por_verificar",
    "puede_gestionar",
    "reabrir_expediente",
    "recibidos",
    "reclasificar",
    "regla_para",
    "renglones",
    "requisitos_de_cierre",
    "se_audita_expediente",
    "ultima_foja",
    "valoracion_vigente",
    "vencimiento",
    "verificar_expedientes",
]
