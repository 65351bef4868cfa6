"""La puerta de actos: lo único que los demás pisos usan de aquí."""

from certificaciones.actos.codigos import en_grupos as codigo_en_grupos
from certificaciones.actos.codigos import es_el_segundo
from certificaciones.actos.codigos import normalizar as normalizar_codigo
from certificaciones.actos.errores import ActoRechazado, LibroOcupado, ReservaPerdida
from certificaciones.actos.estados import ESTADOS, Estado
from certificaciones.actos.models import (
    ActoInmutable,
    Cancelacion,
    Certificacion,
    CertificacionQuerySet,
    Cotejo,
    DocumentoCertificado,
    EjemplarFirmado,
    Entrega,
    LibroCertificacion,
    LibroInmutable,
    MarcaDeCotejo,
    ReservaDeFolio,
    Sustitucion,
)
from certificaciones.actos.paginas import leer_paginas, paginas_escritas
from certificaciones.actos.servicios.acceso import adjunto_de, exigir_que_lea, ocultar_lo_ajeno
from certificaciones.actos.servicios.acuse_de_entrega import acuse_de_entrega_pdf
from certificaciones.actos.servicios.bandeja import por_cotejar, por_firmar
from certificaciones.actos.servicios.comunes import pasos_para
from certificaciones.actos.servicios.constancias import prueba_de_certificacion
from certificaciones.actos.servicios.cotejo import (
    FojaCotejada,
    borrador_de,
    concluir_cotejo,
    iniciar_cotejo,
    mandar_a_cotejo,
    marcar,
    pendientes_de,
)
from certificaciones.actos.servicios.ensayo import EnsayoHecho, ensayar
from certificaciones.actos.servicios.expedicion import Expedida, Revision, enviar_a_firma, expedir, revisar
from certificaciones.actos.servicios.exportacion import COLUMNAS as COLUMNAS_DEL_LIBRO
from certificaciones.actos.servicios.exportacion import asientos_del_libro, libro_csv, libro_pdf
from certificaciones.actos.servicios.firma_remota import PorFirmar, abandonar_firma, completar_firma, preparar_firma
from certificaciones.actos.servicios.fuentes import DocumentoPedido, pedidos_de, texto_de
from certificaciones.actos.servicios.libros import abrir_libro, cerrar_libro, libro_abierto
from certificaciones.actos.servicios.posteriores import DatosDeEntrega, agregar_ejemplar_firmado, cancelar, entregar
from certificaciones.actos.servicios.preparacion import (
    DatosDelActo,
    areas_de,
    cambiar,
    corregir,
    desistir,
    preparar,
    preparar_sustituta,
)
from certificaciones.actos.servicios.redaccion import direccion_de
from certificaciones.actos.servicios.verificacion import Veredicto, expedida_con, situacion_de, verificar_archivo

__all__ = [
    "COLUMNAS_DEL_LIBRO",
    "ESTADOS",
    "ActoInmutable",
    "ActoRechazado",
    "Cancelacion",
    "Certificacion",
    "CertificacionQuerySet",
    "Cotejo",
    "DatosDeEntrega",
    "DatosDelActo",
    "DocumentoCertificado",
    "DocumentoPedido",
    "EjemplarFirmado",
    "EnsayoHecho",
    "Entrega",
    "Estado",
    "Expedida",
    "FojaCotejada",
    "LibroCertificacion",
    "LibroInmutable",
    "LibroOcupado",
    "MarcaDeCotejo",
    "PorFirmar",
    "ReservaDeFolio",
    "ReservaPerdida",
    "Revision",
    "Sustitucion",
    "Veredicto",
    "abandonar_firma",
    "abrir_libro",
    "acuse_de_entrega_pdf",
    "adjunto_de",
    "agregar_ejemplar_firmado",
    "areas_de",
    "asientos_del_libro",
    "borrador_de",
    "cambiar",
    "cancelar",
    "cerrar_libro",
    "codigo_en_grupos",
    "completar_firma",
    "concluir_cotejo",
    "corregir",
    "desistir",
    "direccion_de",
    "ensayar",
    "entregar",
    "enviar_a_firma",
    "es_el_segundo",
    "exigir_que_lea",
    "expedida_con",
    "expedir",
    "iniciar_cotejo",
    "leer_paginas",
    "libro_abierto",
    "libro_csv",
    "libro_pdf",
    "mandar_a_cotejo",
    "marcar",
    "normalizar_codigo",
    "ocultar_lo_ajeno",
    "paginas_escritas",
    "pasos_para",
    "pedidos_de",
    "pendientes_de",
    "por_cotejar",
    "por_firmar",
    "preparar",
    "preparar_firma",
    "preparar_sustituta",
    "prueba_de_certificacion",
    "revisar",
    "situacion_de",
    "texto_de",
    "verificar_archivo",
]
