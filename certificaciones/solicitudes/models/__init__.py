"""La solicitud, lo que pide, quién la hace y cómo se paga."""

from certificaciones.solicitudes.models.pago import ExencionDePago, OrdenDePago, Pago
from certificaciones.solicitudes.models.solicitud import (
    ConsecutivoDeSolicitudes,
    ElementoSolicitado,
    Solicitante,
    Solicitud,
    SolicitudQuerySet,
)

__all__ = [
    "ConsecutivoDeSolicitudes",
    "ElementoSolicitado",
    "ExencionDePago",
    "OrdenDePago",
    "Pago",
    "Solicitante",
    "Solicitud",
    "SolicitudQuerySet",
]
