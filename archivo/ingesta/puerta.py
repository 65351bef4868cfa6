"""La puerta de la ingesta: recibir archivos, importar filas y decidir sobre lo que quedó en cuarentena."""

from archivo.ingesta.importacion.columnas import Campo, campos_para, es_tablero_de_monitoreo
from archivo.ingesta.importacion.deshacer import prever
from archivo.ingesta.importacion.dialecto import CODIFICACIONES, FECHAS, SEPARADORES, Lectura
from archivo.ingesta.importacion.filas import ArchivoInutilizable
from archivo.ingesta.importacion.gestion import acomodar, opciones_de, origen_de, proponer_mapeo, recibir_tabla, releer
from archivo.ingesta.importacion.pedidos import (
    PedidoImposible,
    importaciones_de,
    pedir,
    puede_deshacer,
    recuperar,
    trabajo_de,
)
from archivo.ingesta.importacion.permisos import Facultades
from archivo.ingesta.importacion.previa import FilaPrevia, previsualizar
from archivo.ingesta.importacion.tablas import es_libro, hojas_de_archivo, muestra_de
from archivo.ingesta.intercambio.cargas import area_que_recibe, cargas_de, puede_importar_descripciones, recibir_carga
from archivo.ingesta.intercambio.exportacion import FORMATOS as FORMATOS_DE_DESCRIPCION
from archivo.ingesta.intercambio.exportacion import NadaQueExportar, PedidoDeExportacion, exportar_cuadro, exportar_expediente
from archivo.ingesta.intercambio.opciones import Opciones as OpcionesDeDescripciones
from archivo.ingesta.intercambio.opciones import SinFacultad
from archivo.ingesta.intercambio.reserva import clases_ocultas
from archivo.ingesta.intercambio.servicio import importar_descripciones
from archivo.ingesta.intercambio.tareas import pedir_carga, recuperar_carga, trabajo_de_carga
from archivo.ingesta.models import CargaDeDescripciones, FilaImportada, Importacion, Ingreso
from archivo.ingesta.servicios import Pedido, abrir_cuarentena, descartar, procesar, reanudar, recibir, reintentar
from archivo.ingesta.tasks import aplicar_importacion, deshacer_importacion, ensayar_importacion, procesar_ingreso

__all__ = [
    "CODIFICACIONES",
    "FECHAS",
    "FORMATOS_DE_DESCRIPCION",
    "SEPARADORES",
    "ArchivoInutilizable",
    "Campo",
    "CargaDeDescripciones",
    "Facultades",
    "FilaImportada",
    "FilaPrevia",
    "Importacion",
    "Ingreso",
    "Lectura",
    "NadaQueExportar",
    "OpcionesDeDescripciones",
    "Pedido",
    "PedidoDeExportacion",
    "PedidoImposible",
    "SinFacultad",
    "abrir_cuarentena",
    "acomodar",
    "aplicar_importacion",
    "area_que_recibe",
    "campos_para",
    "cargas_de",
    "clases_ocultas",
    "descartar",
    "deshacer_importacion",
    "ensayar_importacion",
    "es_libro",
    "es_tablero_de_monitoreo",
    "exportar_cuadro",
    "exportar_expediente",
    "hojas_de_archivo",
    "importaciones_de",
    "importar_descripciones",
    "muestra_de",
    "opciones_de",
    "origen_de",
    "pedir",
    "pedir_carga",
    "prever",
    "previsualizar",
    "procesar",
    "procesar_ingreso",
    "proponer_mapeo",
    "puede_deshacer",
    "puede_importar_descripciones",
    "reanudar",
    "recibir",
    "recibir_carga",
    "recibir_tabla",
    "recuperar",
    "recuperar_carga",
    "reintentar",
    "releer",
    "trabajo_de",
    "trabajo_de_carga",
]
