"""La puerta de solicitudes: lo único que los demás pisos usan de aquí."""

from certificaciones.solicitudes.errores import DemasiadosIntentos, SolicitudRechazada
from certificaciones.solicitudes.estados import ESTADOS_DE_SOLICITUD, Paso
from certificaciones.solicitudes.frenos import AL_PEDIR, AL_SEGUIR, Freno
from certificaciones.solicitudes.models import (
    ElementoSolicitado,
    ExencionDePago,
    OrdenDePago,
    Pago,
    Solicitante,
    Solicitud,
    SolicitudQuerySet,
)
from certificaciones.solicitudes.rangos import escribir_paginas, leer_paginas
from certificaciones.solicitudes.servicios.altas import QuienPide, Recibida, SolicitudNueva, pedido_de, recibir
from certificaciones.solicitudes.servicios.canasta import (
    Pedido,
    agregar,
    archivo_con_paginas,
    documento_para,
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

__all__ = [
    "AL_PEDIR",
    "AL_SEGUIR",
    "ESTADOS_DE_SOLICITUD",
    "VEN_SOLICITUDES",
    "Acreditacion",
    "DemasiadosIntentos",
    "ElementoSolicitado",
    "ExencionDePago",
    "Freno",
    "OrdenDePago",
    "Pago",
    "Paso",
    "Pedido",
    "QuienPide",
    "Recibida",
    "ReciboNuevo",
    "Solicitante",
    "Solicitud",
    "SolicitudNueva",
    "SolicitudQuerySet",
    "SolicitudRechazada",
    "acreditacion_de",
    "agregar",
    "archivo_con_paginas",
    "dar_paso",
    "documento_para",
    "elementos_visibles",
    "emitir_orden",
    "escribir_paginas",
    "eximir",
    "leer_paginas",
    "orden_vigente",
    "pasos_para",
    "pedido_de",
    "por_vencer",
    "presupuesto_de",
    "quien_pide",
    "quitar",
    "recibir",
    "referencia_de",
    "registrar_pago",
    "seguir",
    "solicitante_de",
    "solicitudes_para",
]
