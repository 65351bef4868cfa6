"""La firma de la copia: PAdES, e.firma, sellos de tiempo y su validación. Sin modelos."""

from . import compatibilidad
from .certificados import Titular, es_de_prueba, leer_certificado, numero_de_certificado, titular_de
from .confianza import Confianza, confianza_de_carpeta
from .copia_firmada import FirmaHecha, firmar
from .errores import (
    CertificadoRechazado,
    ErrorDeFirma,
    FirmaRechazada,
    FirmaSinConfigurar,
    PeticionVencida,
    SelloPendiente,
)
from .firmantes import Firmante, FirmanteEnMemoria
from .pades import CAMPO
from .pki_ensayo import PkiDeEnsayo, pki_de_ensayo
from .sellos import ClienteDeSellos, Sello, comprobar_sello, sellar_huella
from .servicios import Servicios
from .validacion import Dictamen, validar

compatibilidad.aplicar()

__all__ = [
    "CAMPO",
    "CertificadoRechazado",
    "ClienteDeSellos",
    "Confianza",
    "Dictamen",
    "ErrorDeFirma",
    "FirmaHecha",
    "FirmaRechazada",
    "FirmaSinConfigurar",
    "Firmante",
    "FirmanteEnMemoria",
    "PeticionVencida",
    "PkiDeEnsayo",
    "Sello",
    "SelloPendiente",
    "Servicios",
    "Titular",
    "comprobar_sello",
    "confianza_de_carpeta",
    "es_de_prueba",
    "firmar",
    "leer_certificado",
    "numero_de_certificado",
    "pki_de_ensayo",
    "sellar_huella",
    "titular_de",
    "validar",
]
