"""Los modelos de actos."""

from certificaciones.actos.models.certificacion import ActoInmutable, Certificacion, CertificacionQuerySet
from certificaciones.actos.models.cotejo import Cotejo, MarcaDeCotejo
from certificaciones.actos.models.documento import DocumentoCertificado
from certificaciones.actos.models.libro import LibroCertificacion, LibroInmutable, ReservaDeFolio
from certificaciones.actos.models.posteriores import Cancelacion, EjemplarFirmado, Entrega, Sustitucion

__all__ = [
    "ActoInmutable",
    "Cancelacion",
    "Certificacion",
    "CertificacionQuerySet",
    "Cotejo",
    "DocumentoCertificado",
    "EjemplarFirmado",
    "Entrega",
    "LibroCertificacion",
    "LibroInmutable",
    "MarcaDeCotejo",
    "ReservaDeFolio",
    "Sustitucion",
]
