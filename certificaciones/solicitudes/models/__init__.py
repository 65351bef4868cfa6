"""La solicitud, lo que pide, quién la hace y cómo se paga."""

from certificaciones.solicitudes.models.acuse import AcuseDeSolicitud
from certificaciones.solicitudes.models.aviso import Aviso
from certificaciones.solicitudes.models.pago import ExencionDePago, OrdenDePago, Pago
from certificaciones.solicitudes.models.plazo import Plazo
from certificaciones.solicitudes.models.solicitud import (
    ConsecutivoDeSolicitudes,
    ElementoSolicitado,
    Solicitante,
    Solicitud,
    SolicitudQuerySet,
)

__all__ = [
    "AcuseDeSolicitud",
    "Aviso",
    "ConsecutivoDeSolicitudes",
    "ElementoSolicitado",
    "ExencionDePago",
    "OrdenDePago",
    "Pago",
    "Plazo",
    "Solicitante",
    "Solicitud",
    "SolicitudQuerySet",
]
