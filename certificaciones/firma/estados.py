"""Estado de un certificado (OCSP, RFC 6960). La petición se arma con asn1crypto: los nombres del SAT no admiten otra."""

import hashlib
import os
from datetime import UTC, datetime, timedelta

from asn1crypto import core, ocsp, x509

from .errores import CertificadoRechazado, SelloPendiente
from .transporte import Transporte

TIPO_DE_PETICION = "application/ocsp-request"
_HOLGURA = timedelta(minutes=5)
_SIN_PROXIMA = timedelta(days=1)


def identidad(certificado: x509.Certificate, emisor: x509.Certificate, algoritmo: str = "sha1") -> ocsp.CertId:
    """Cómo se nombra un certificado al preguntar por él."""

    def resumen(dato: bytes) -> bytes:
        return hashlib.new(algoritmo, dato, usedforsecurity=False).digest()

    return ocsp.CertId(
        {
            "hash_algorithm": {"algorithm": algoritmo},
            "issuer_name_hash": resumen(emisor.subject.dump()),
            "issuer_key_hash": resumen(bytes(emisor.public_key["public_key"])),
            "serial_number": certificado.serial_number,
        }
    )


def peticion_de(certificado: x509.Certificate, emisor: x509.Certificate) -> ocsp.OCSPRequest:
    """La pregunta, con un número al azar."""
    return ocsp.OCSPRequest(
        {
            "tbs_request": {
                "request_list": [{"req_cert": identidad(certificado, emisor)}],
                "request_extensions": [{"extn_id": "nonce", "extn_value": core.OctetString(os.urandom(16))}],
            }
        }
    )


def _revisar_nonce(respuesta: ocsp.OCSPResponse, peticion: ocsp.OCSPRequest) -> None:
    """Si la respuesta repite el número al azar, ha de ser el de la pregunta (hay autoridades que no lo repiten)."""
    if respuesta.nonce_value and respuesta.nonce_value.native != peticion.nonce_value.native:
        raise SelloPendiente("El estado del certificado responde a otra pregunta. Se reintentará.")


def _renglon(respuesta: ocsp.OCSPResponse, peticion: ocsp.OCSPRequest) -> ocsp.SingleResponse:
    buscado = peticion["tbs_request"]["request_list"][0]["req_cert"].native
    for renglon in respuesta.response_data["responses"]:
        if renglon["cert_id"].native == buscado:
            return renglon
    raise SelloPendiente("La autoridad contestó sobre otro certificado. Se reintentará.")


def _revisar_actualidad(renglon: ocsp.SingleResponse, ahora: datetime) -> None:
    desde, hasta = renglon["this_update"].native, renglon["next_update"].native
    hasta = hasta or desde + _SIN_PROXIMA
    if not desde - _HOLGURA <= ahora <= hasta + _HOLGURA:
        raise SelloPendiente(
            f"El estado del certificado que dio la autoridad es viejo (del {desde:%d/%m/%Y %H:%M}). Se reintentará."
        )


def revisar_respuesta(respuesta: bytes, peticion: ocsp.OCSPRequest) -> ocsp.OCSPResponse:
    """La respuesta, si contesta a la petición, es actual y dice «vigente». La firma la comprueba `Confianza.exigir_estado`."""
    try:
        leida = ocsp.OCSPResponse.load(respuesta, strict=True)
        if leida["response_status"].native != "successful":
            raise SelloPendiente(
                f"La autoridad no dio el estado del certificado ({leida['response_status'].native}). Se reintentará."
            )
        _revisar_nonce(leida, peticion)
        renglon = _renglon(leida, peticion)
        _revisar_actualidad(renglon, datetime.now(UTC))
        estado = renglon["cert_status"]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SelloPendiente("La autoridad de estado de certificados contestó algo ilegible. Se reintentará.") from error
    if estado.name == "revoked":
        cuando = estado.chosen["revocation_time"].native
        raise CertificadoRechazado(f"El certificado está revocado desde el {cuando:%d/%m/%Y}. Tramite otro y use el nuevo.")
    if estado.name != "good":
        raise CertificadoRechazado("La autoridad no conoce este certificado: puede ser de prueba o de otra autoridad.")
    return leida


class ClienteDeEstados:
    """Pregunta a la autoridad por el estado de un certificado."""

    def __init__(self, transporte: Transporte) -> None:
        self._transporte = transporte

    def consultar(self, certificado: x509.Certificate, emisor: x509.Certificate) -> ocsp.OCSPResponse:
        """La respuesta que dice que está vigente. Lanza `SelloPendiente` o `CertificadoRechazado`."""
        peticion = peticion_de(certificado, emisor)
        return revisar_respuesta(self._transporte(peticion.dump()), peticion)
