"""La firma de la copia: PAdES, e.firma, sellos de tiempo y su validación. Sin modelos."""

from . import checks, compatibilidad
from .ajenas import firmas_que_trae
from .casa import confianza_de_la_casa, firmante_de_la_casa, sellos_de_la_casa, servicios_de_la_casa
from .certificados import Titular, es_de_prueba, leer_certificado, numero_de_certificado, revisar_efirma, titular_de
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
from .navegador import DURA, PeticionDeFirma, completar, pedir
from .pades import CAMPO
from .pki_ensayo import PkiDeEnsayo, pki_de_ensayo
from .sellos import ClienteDeSellos, Sello, comprobar_sello, sellar_huella
from .servicios import Servicios
from .validacion import Dictamen, validar

compatibilidad.aplicar()

__all__ = [
    "CAMPO",
    "DURA",
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
    "PeticionDeFirma",
    "PeticionVencida",
    "PkiDeEnsayo",
    "Sello",
    "SelloPendiente",
    "Servicios",
    "Titular",
    "checks",
    "completar",
    "comprobar_sello",
    "confianza_de_carpeta",
    "confianza_de_la_casa",
    "es_de_prueba",
    "firmante_de_la_casa",
    "firmar",
    "firmas_que_trae",
    "leer_certificado",
    "numero_de_certificado",
    "pedir",
    "pki_de_ensayo",
    "revisar_efirma",
    "sellar_huella",
    "sellos_de_la_casa",
    "servicios_de_la_casa",
    "titular_de",
    "validar",
]
