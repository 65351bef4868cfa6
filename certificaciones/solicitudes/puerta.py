"""La puerta de solicitudes: lo único que los demás pisos usan de aquí."""

from certificaciones.solicitudes.errores import SolicitudRechazada
from certificaciones.solicitudes.estados import ESTADOS_DE_SOLICITUD
from certificaciones.solicitudes.frenos import AL_PEDIR, AL_SEGUIR
from certificaciones.solicitudes.impresos import AcuseImpreso, acuse_en_pdf, momento_escrito
from certificaciones.solicitudes.models import (
    AcuseDeSolicitud,
    Aviso,
    ElementoSolicitado,
    ExencionDePago,
    OrdenDePago,
    Pago,
    Plazo,
    Solicitante,
    Solicitud,
    SolicitudQuerySet,
)
from certificaciones.solicitudes.rangos import escribir_paginas, leer_paginas
from certificaciones.solicitudes.servicios.acuses import acuse_de_solicitud_pdf
from certificaciones.solicitudes.servicios.altas import QuienPide, Recibida, SolicitudNueva, pedido_de, recibir
from certificaciones.solicitudes.servicios.avisos import recordar_pagos, repasar_avisos, volver_a_mandar
from certificaciones.solicitudes.servicios.canasta import (
    Pedido,
    agregar,
    archivo_con_paginas,
    documento_para,
    documentos_para,
    elementos_visibles,
    quitar,
)
from certificaciones.solicitudes.servicios.ciclo import dar_paso, pasos_para, por_vencer
from certificaciones.solicitudes.servicios.consulta import (
    VEN_SOLICITUDES,
    quien_pide,
    referencia_de,
    seguir,
    solicitante_de,
    solicitudes_para,
)
from certificaciones.solicitudes.servicios.enlaces import enlace_de, seguir_enlace
from certificaciones.solicitudes.servicios.pagos import (
    Acreditacion,
    ReciboNuevo,
    acreditacion_de,
    emitir_orden,
    eximir,
    orden_vigente,
    presupuesto_de,
    registrar_pago,
)
from certificaciones.solicitudes.servicios.plazos import plazo_de_pago, recontar_plazos, vencidos_sin_pago

__all__ = [
    "AL_PEDIR",
    "AL_SEGUIR",
    "ESTADOS_DE_SOLICITUD",
    "VEN_SOLICITUDES",
    "Acreditacion",
    "AcuseDeSolicitud",
    "AcuseImpreso",
    "Aviso",
    "ElementoSolicitado",
    "ExencionDePago",
    "OrdenDePago",
    "Pago",
    "Pedido",
    "Plazo",
    "QuienPide",
    "Recibida",
    "ReciboNuevo",
    "Solicitante",
    "Solicitud",
    "SolicitudNueva",
    "SolicitudQuerySet",
    "SolicitudRechazada",
    "acreditacion_de",
    "acuse_de_solicitud_pdf",
    "acuse_en_pdf",
    "agregar",
    "archivo_con_paginas",
    "dar_paso",
    "documento_para",
    "documentos_para",
    "elementos_visibles",
    "emitir_orden",
    "enlace_de",
    "escribir_paginas",
    "eximir",
    "leer_paginas",
    "momento_escrito",
    "orden_vigente",
    "pasos_para",
    "pedido_de",
    "plazo_de_pago",
    "por_vencer",
    "presupuesto_de",
    "quien_pide",
    "quitar",
    "recibir",
    "recontar_plazos",
    "recordar_pagos",
    "referencia_de",
    "registrar_pago",
    "repasar_avisos",
    "seguir",
    "seguir_enlace",
    "solicitante_de",
    "solicitudes_para",
    "vencidos_sin_pago",
    "volver_a_mandar",
]
