"""Lo que dice un certificado: de quién es, su número, si es e.firma o sello digital, si es de prueba."""

from dataclasses import dataclass
from datetime import datetime

from asn1crypto import pem, x509

from .compatibilidad import aplicar
from .errores import CertificadoRechazado

aplicar()

#: Lo que llevan en su organización los certificados de ensayo, y lo que se imprime en cada página.
SIN_VALIDEZ = "SIN VALIDEZ"
_ILEGIBLE = "El archivo no es un certificado que se pueda leer. Elija el archivo .cer de su e.firma."
_USOS_DE_EFIRMA = {"digital_signature", "non_repudiation", "data_encipherment", "key_agreement"}


@dataclass(frozen=True, slots=True)
class Titular:
    """Quién dice el certificado que es; RFC y CURP vacíos si no los trae."""

    nombre: str
    rfc: str = ""
    curp: str = ""


def leer_certificado(contenido: bytes) -> x509.Certificate:
    """El certificado de un archivo DER (`.cer`) o PEM. Lanza `CertificadoRechazado` si no lo es."""
    try:
        der = pem.unarmor(contenido)[2] if pem.detect(contenido) else contenido
        certificado = x509.Certificate.load(der, strict=True)
        titular_de(certificado)
        es_sello_digital(certificado)
        clave = certificado.public_key.native
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CertificadoRechazado(_ILEGIBLE) from error
    if not clave:
        raise CertificadoRechazado(_ILEGIBLE)
    return certificado


def _datos(nombre: x509.Name) -> dict[str, str]:
    return {
        par["type"].native: str(par["value"].native).strip() for relativo in nombre.chosen for par in relativo if par["value"]
    }


def _primero(dato: str) -> str:
    """De «RFC de la persona moral / RFC de su representante», lo primero."""
    return dato.split("/")[0].strip().upper()


def titular_de(certificado: x509.Certificate) -> Titular:
    """Nombre, RFC (2.5.4.45) y CURP (número de serie del nombre), como los escribe el SAT."""
    datos = _datos(certificado.subject)
    nombre = datos.get("common_name") or datos.get("name") or datos.get("organization_name") or ""
    return Titular(nombre, _primero(datos.get("unique_identifier", "")), _primero(datos.get("serial_number", "")))


def numero_de_certificado(certificado: x509.Certificate) -> str:
    """El número de veinte cifras del SAT, que va como texto dentro del número de serie; si no es así, hexadecimal."""
    numero = certificado.serial_number
    crudo = numero.to_bytes((numero.bit_length() + 7) // 8 or 1, "big")
    if len(crudo) == 20 and crudo.isdigit():
        return crudo.decode("ascii")
    return crudo.hex().upper()


def es_de_prueba(certificado: x509.Certificate) -> bool:
    """¿Lo emitió una autoridad de ensayo? Lo dice la organización del titular o la de quien lo emite."""
    organizaciones = [_datos(n).get("organization_name", "") for n in (certificado.subject, certificado.issuer)]
    return any(SIN_VALIDEZ in organizacion.upper() for organizacion in organizaciones)


def es_sello_digital(certificado: x509.Certificate) -> bool:
    """¿Es un certificado de sello digital (CSD, para facturas)? Lleva unidad u omite usos de la e.firma."""
    usos = certificado.key_usage_value.native if certificado.key_usage_value else set()
    return bool(_datos(certificado.subject).get("organizational_unit_name")) or not usos >= _USOS_DE_EFIRMA


def revisar_vigencia(certificado: x509.Certificate, ahora: datetime) -> None:
    """Lanza `CertificadoRechazado` si hoy no está vigente."""
    desde, hasta = certificado.not_valid_before, certificado.not_valid_after
    if ahora > hasta:
        raise CertificadoRechazado(f"El certificado venció el {hasta:%d/%m/%Y}. Renueve su e.firma y use la nueva.")
    if ahora < desde:
        raise CertificadoRechazado(f"El certificado vale desde el {desde:%d/%m/%Y}. Revise la fecha del servidor.")


def revisar_efirma(certificado: x509.Certificate, esperado: Titular | None = None) -> None:
    """Que sea e.firma de persona y, si se conocen su RFC o su CURP, que sea de quien firma."""
    if es_sello_digital(certificado):
        raise CertificadoRechazado(
            "Es un certificado de sello digital (CSD), que sólo sirve para facturas. Use el .cer de su e.firma."
        )
    if esperado is None:
        return
    real = titular_de(certificado)
    for dato, debido, hallado in (("RFC", esperado.rfc, real.rfc), ("CURP", esperado.curp, real.curp)):
        if debido and _primero(debido) != hallado:
            raise CertificadoRechazado(
                f"La e.firma es de {real.nombre} y su {dato} no es el suyo. Use su propia e.firma o pida que corrijan el RFC de su facultad."
            )
