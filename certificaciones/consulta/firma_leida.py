"""Lo que la página dice de la firma electrónica de una copia, leído de la constancia que se guardó al firmar."""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import ocsp

from certificaciones.firma import CertificadoRechazado, leer_certificado
from certificaciones.registro.puerta import SelloInvalido, SelloLeido, leer_sello

ESTADOS_OCSP = {"good": "no revocado", "revoked": "revocado", "unknown": "desconocido para quien lo emitió"}


@dataclass(frozen=True)
class FirmaLeida:
    """Número y vigencia del certificado, qué respondió el OCSP al firmar, el sello digital y la hora del sello de tiempo."""

    numero: str
    titular: str = ""
    desde: datetime | None = None
    hasta: datetime | None = None
    ocsp: str = ""
    sello_digital: str = ""
    sellada: datetime | None = None
    autoridad: str = ""


def _estado_ocsp(datos: str) -> str:
    try:
        respuesta = ocsp.OCSPResponse.load(base64.b64decode(datos)).basic_ocsp_response
        estado = respuesta["tbs_response_data"]["responses"][0]["cert_status"].name
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return ""
    return ESTADOS_OCSP.get(estado, "")


def leer_firma(constancia: dict[str, Any]) -> FirmaLeida | None:
    """La firma en palabras; nada si la copia se firmó de puño y letra."""
    if not constancia.get("numero_de_certificado"):
        return None
    desde = hasta = None
    try:
        certificado = leer_certificado(base64.b64decode(constancia.get("certificado", "")))
        desde, hasta = certificado.not_valid_before, certificado.not_valid_after
    except (CertificadoRechazado, ValueError):
        desde = None
    sello = _sello(constancia.get("sello_de_tiempo", ""))
    return FirmaLeida(
        numero=constancia["numero_de_certificado"],
        titular=_nombre(constancia.get("titular", "")),
        desde=desde,
        hasta=hasta,
        ocsp=_estado_ocsp(constancia.get("ocsp", "")),
        sello_digital=constancia.get("sello_digital", ""),
        sellada=sello.momento if sello else None,
        autoridad=sello.autoridad if sello else "",
    )


def _sello(token: str) -> SelloLeido | None:
    try:
        return leer_sello(base64.b64decode(token)) if token else None
    except (SelloInvalido, ValueError):
        return None


def _nombre(titular: Any) -> str:
    return str(titular.get("nombre", "") if isinstance(titular, dict) else titular)
