"""La puerta de la copia: contar fojas y componer la copia sin firmar."""

from certificaciones.copia.componer import componer, contar_fojas
from certificaciones.copia.contrato import (
    ELECTRONICOS,
    Acta,
    CajaDeFirma,
    Caras,
    CopiaCompuesta,
    CopiaImposible,
    Cuenta,
    CuentaDeFuente,
    Fuente,
    FuenteRechazada,
    Huella,
    Papel,
    Tomo,
)

__all__ = [
    "ELECTRONICOS",
    "Acta",
    "CajaDeFirma",
    "Caras",
    "CopiaCompuesta",
    "CopiaImposible",
    "Cuenta",
    "CuentaDeFuente",
    "Fuente",
    "FuenteRechazada",
    "Huella",
    "Papel",
    "Tomo",
    "componer",
    "contar_fojas",
]
