"""La puerta de la archivística: lo único que los demás pisos usan de aquí."""

from archivo.archivistica.arbol import DatosDeClase, niveles_bajo
from archivo.archivistica.claves import PATRON_DE_CLAVE, orden_natural
from archivo.archivistica.expedientes.acceso import ABRE as ABRIR_ADMITE
from archivo.archivistica.expedientes.acceso import puede_abrir as puede_abrir_expediente
from archivo.archivistica.expedientes.acceso import puede_gestionar
from archivo.archivistica.expedientes.acceso import se_audita as se_audita_expediente
from archivo.archivistica.expedientes.apertura import ABIERTO as ABIERTO_ADMITE
from archivo.archivistica.expedientes.apertura import SIEMPRE as CERRADO_ADMITE
from archivo.archivistica.expedientes.apertura import abrir_expediente, corregir_expediente
from archivo.archivistica.expedientes.aportes import ExpedienteEnIndice, expedientes_de, nombres_de_clases
from archivo.archivistica.expedientes.cierre import Requisito, cerrar_expediente, reabrir_expediente, requisitos_de_cierre
from archivo.archivistica.expedientes.errores import ExpedienteRechazado
from archivo.archivistica.expedientes.estados import ESTADOS_DE_EXPEDIENTE, EstadoDeExpediente
from archivo.archivistica.expedientes.fojas import rango_escrito
from archivo.archivistica.expedientes.foliacion import foliar
from archivo.archivistica.expedientes.impresos import caratula, etiquetas, etiquetas_de_caja, valoracion_vigente, vencimiento
from archivo.archivistica.expedientes.integracion import (
    Documento,
    abrir_legajo,
    integrar,
    ordenar,
    paginas_de,
    reclasificar,
    ultima_foja,
)
from archivo.archivistica.expedientes.inventarios import INVENTARIOS, en_csv, en_xlsx, renglones
from archivo.archivistica.expedientes.reglas import asegurar_regla, falta_de_la_plantilla, falta_del_titulo, regla_para
from archivo.archivistica.expedientes.sucesos import anotar, objeto_de
from archivo.archivistica.expedientes.verificacion import InformeDeIndices, por_verificar, verificar_expedientes
from archivo.archivistica.instrumentos.carga import CargaRechazada, importar_cuadro
from archivo.archivistica.instrumentos.carga import leer as leer_instrumento
from archivo.archivistica.instrumentos.exportacion import FRASE_DE_MUESTRA
from archivo.archivistica.instrumentos.exportacion import clases_de as clases_del_cuadro
from archivo.archivistica.instrumentos.exportacion import exportar as exportar_instrumento
from archivo.archivistica.instrumentos.exportacion import vigencia_de as vigencia_de_cuadro
from archivo.archivistica.instrumentos.guia import RenglonDeGuia, guia_de
from archivo.archivistica.instrumentos.hojas import MAXIMO_DE_BYTES as MAXIMO_DE_INSTRUMENTO
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
from archivo.archivistica.servicios.actos import Razones
from archivo.archivistica.servicios.actos import dividir as dividir_clase
from archivo.archivistica.servicios.actos import ensayar as ensayar_acto
from archivo.archivistica.servicios.actos import fusionar as fusionar_clases
from archivo.archivistica.servicios.actos import mover as mover_clase
from archivo.archivistica.servicios.ciclo import areas_de as areas_de_la_persona
from archivo.archivistica.servicios.ciclo import (
    areas_pendientes,
    areas_que_validan,
    enviar_a_areas,
    poner_en_vigor,
    series_por_area,
    validar_por_area,
    validar_por_grupo,
)
from archivo.archivistica.servicios.ciclo import devolver as devolver_cuadro
from archivo.archivistica.servicios.ciclo import impedimentos as impedimentos_de_validacion
from archivo.archivistica.servicios.ciclo import pasos_para as pasos_de_cuadro
from archivo.archivistica.servicios.ciclo import validaciones_de as validaciones_de_cuadro
from archivo.archivistica.servicios.clases import activar as activar_clase
from archivo.archivistica.servicios.clases import cambiar_clase, crear_clase, quitar_clase
from archivo.archivistica.servicios.clases import camino_de as camino_de_clase
from archivo.archivistica.servicios.comparacion import comparar as comparar_cuadros
from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.archivistica.servicios.fichas import GRUPOS as GRUPOS_DE_FICHA
from archivo.archivistica.servicios.fichas import faltas_de_ficha, faltas_del_catalogo, guardar_clase_con_ficha
from archivo.archivistica.servicios.versiones import abrir_cuadro, equivalentes_en, equivalentes_vigentes, version_abierta
from archivo.archivistica.servicios.versiones import guardar_datos as guardar_datos_de_cuadro
from archivo.archivistica.servicios.versiones import nueva_version as nueva_version_de_cuadro
from archivo.archivistica.tasks import cierre_tarda, encargar_cierre

__all__ = [
    "ABIERTO_ADMITE",
    "ABRIR_ADMITE",
    "CERRADO_ADMITE",
    "ESTADOS_DE_EXPEDIENTE",
    "FRASE_DE_MUESTRA",
    "GRUPOS_DE_FICHA",
    "INVENTARIOS",
    "MAXIMO_DE_INSTRUMENTO",
    "NIVELES_DE_CLASE",
    "PATRON_DE_CLAVE",
    "PLAZO_MAXIMO",
    "ActoSobreClases",
    "CargaRechazada",
    "CuadroClasificacion",
    "DatosDeClase",
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
    "InstrumentoRechazado",
    "Integracion",
    "Legajo",
    "NivelClasificacion",
    "Razones",
    "ReglaDeExpedientes",
    "RenglonDeGuia",
    "Requisito",
    "ValidacionDeCuadro",
    "abrir_cuadro",
    "abrir_expediente",
    "abrir_legajo",
    "activar_clase",
    "anotar",
    "areas_de_la_persona",
    "areas_pendientes",
    "areas_que_validan",
    "asegurar_regla",
    "cambiar_clase",
    "camino_de_clase",
    "caratula",
    "cerrar_expediente",
    "cierre_tarda",
    "clases_del_cuadro",
    "comparar_cuadros",
    "corregir_expediente",
    "crear_clase",
    "devolver_cuadro",
    "dividir_clase",
    "en_csv",
    "en_xlsx",
    "encargar_cierre",
    "ensayar_acto",
    "enviar_a_areas",
    "equivalentes_en",
    "equivalentes_vigentes",
    "etiquetas",
    "etiquetas_de_caja",
    "expedientes_de",
    "exportar_instrumento",
    "falta_de_la_plantilla",
    "falta_del_titulo",
    "faltas_de_ficha",
    "faltas_del_catalogo",
    "foliar",
    "fusionar_clases",
    "guardar_clase_con_ficha",
    "guardar_datos_de_cuadro",
    "guia_de",
    "impedimentos_de_validacion",
    "importar_cuadro",
    "integrar",
    "leer_instrumento",
    "mover_clase",
    "niveles_bajo",
    "nombres_de_clases",
    "nueva_version_de_cuadro",
    "objeto_de",
    "orden_natural",
    "ordenar",
    "paginas_de",
    "pasos_de_cuadro",
    "poner_en_vigor",
    "por_verificar",
    "puede_abrir_expediente",
    "puede_gestionar",
    "quitar_clase",
    "rango_escrito",
    "reabrir_expediente",
    "recibidos",
    "reclasificar",
    "regla_para",
    "renglones",
    "requisitos_de_cierre",
    "se_audita_expediente",
    "series_por_area",
    "ultima_foja",
    "validaciones_de_cuadro",
    "validar_por_area",
    "validar_por_grupo",
    "valoracion_vigente",
    "vencimiento",
    "verificar_expedientes",
    "version_abierta",
    "vigencia_de_cuadro",
]
