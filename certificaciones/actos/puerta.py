"""La puerta de actos: lo único que los demás pisos usan de aquí."""

from certificaciones.actos.codigos import en_grupos as codigo_en_grupos
from certificaciones.actos.codigos import normalizar as normalizar_codigo
from certificaciones.actos.errores import ActoRechazado
from certificaciones.actos.estados import ESTADOS, Estado, Paso
from certificaciones.actos.models import (
    ActoInmutable,
    Cancelacion,
    Certificacion,
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

__all__ = [
    "ESTADOS",
    "ActoInmutable",
    "ActoRechazado",
    "Cancelacion",
    "Certificacion",
    "Cotejo",
    "DocumentoCertificado",
    "EjemplarFirmado",
    "Entrega",
    "Estado",
    "LibroCertificacion",
    "LibroInmutable",
    "MarcaDeCotejo",
    "Paso",
    "ReservaDeFolio",
    "Sustitucion",
    "codigo_en_grupos",
    "normalizar_codigo",
]
