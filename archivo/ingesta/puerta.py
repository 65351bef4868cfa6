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
from archivo.ingesta.models import FilaImportada, Importacion, Ingreso
from archivo.ingesta.servicios import Pedido, abrir_cuarentena, descartar, procesar, reanudar, recibir, reintentar
from archivo.ingesta.tasks import aplicar_importacion, deshacer_importacion, ensayar_importacion, procesar_ingreso

__all__ = [
    "CODIFICACIONES",
    "FECHAS",
    "SEPARADORES",
    "ArchivoInutilizable",
    "Campo",
    "Facultades",
    "FilaImportada",
    "FilaPrevia",
    "Importacion",
    "Ingreso",
    "Lectura",
    "Pedido",
    "PedidoImposible",
    "abrir_cuarentena",
    "acomodar",
    "aplicar_importacion",
    "campos_para",
    "descartar",
    "deshacer_importacion",
    "ensayar_importacion",
    "es_libro",
    "es_tablero_de_monitoreo",
    "hojas_de_archivo",
    "importaciones_de",
    "muestra_de",
    "opciones_de",
    "origen_de",
    "pedir",
    "prever",
    "previsualizar",
    "procesar",
    "procesar_ingreso",
    "proponer_mapeo",
    "puede_deshacer",
    "reanudar",
    "recibir",
    "recibir_tabla",
    "recuperar",
    "reintentar",
    "releer",
    "trabajo_de",
]
