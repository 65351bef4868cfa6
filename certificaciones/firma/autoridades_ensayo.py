"""Las autoridades de ensayo, dentro del proceso y sin red: sellos de tiempo y estado de certificados."""

import hashlib
from datetime import UTC, datetime, timedelta

from asn1crypto import core, keys, ocsp, tsp, x509
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .emision import Clave, firmar_der


def clave_para_pyhanko(clave: Clave) -> keys.PrivateKeyInfo:
    """La clave en la forma que usa pyHanko."""
    der = clave.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return keys.PrivateKeyInfo.load(der)


class AutoridadDeSellos:
    """Contesta peticiones RFC 3161 con su propia clave."""

    def __init__(self, certificado: x509.Certificate, clave: Clave, raiz: x509.Certificate) -> None:
        self.certificado = certificado
        self._sellador = DummyTimeStamper(
            certificado, clave_para_pyhanko(clave), certs_to_embed=SimpleCertificateStore.from_certs([raiz])
        )

    def responder(self, peticion: bytes) -> bytes:
        """La respuesta a una petición, las dos en DER."""
        self._sellador.fixed_dt = datetime.now(UTC).replace(microsecond=0)
        return bytes(self._sellador.request_tsa_response(tsp.TimeStampReq.load(peticion)).dump())


class AutoridadDeEstados:
    """Contesta OCSP: vigente, salvo los números que se le digan revocados."""

    def __init__(self, certificado: x509.Certificate, clave: Clave) -> None:
        self.certificado = certificado
        self._clave = clave
        self._revocados: dict[int, datetime] = {}

    def revocar(self, certificado: x509.Certificate) -> None:
        """Desde ahora, ese certificado está revocado."""
        self._revocados[certificado.serial_number] = datetime.now(UTC).replace(microsecond=0)

    def responder(self, peticion: bytes) -> bytes:
        """La respuesta a una petición, las dos en DER."""
        leida = ocsp.OCSPRequest.load(peticion)
        ahora = datetime.now(UTC).replace(microsecond=0)
        datos = ocsp.ResponseData(
            {
                "responder_id": ocsp.ResponderId(
                    {"by_key": hashlib.sha1(bytes(self.certificado.public_key["public_key"]), usedforsecurity=False).digest()}
                ),
                "produced_at": ahora,
                "responses": [self._renglon(p["req_cert"], ahora) for p in leida["tbs_request"]["request_list"]],
                "response_extensions": [{"extn_id": "nonce", "extn_value": leida.nonce_value}] if leida.nonce_value else None,
            }
        )
        return self._firmada(datos)

    def _renglon(self, identidad: ocsp.CertId, ahora: datetime) -> dict[str, object]:
        revocado = self._revocados.get(identidad["serial_number"].native)
        estado = ocsp.CertStatus("revoked", {"revocation_time": revocado}) if revocado else ocsp.CertStatus("good", core.Null())
        return {
            "cert_id": identidad,
            "cert_status": estado,
            "this_update": ahora,
            "next_update": ahora + timedelta(days=1),
        }

    def _firmada(self, datos: ocsp.ResponseData) -> bytes:
        basica = ocsp.BasicOCSPResponse(
            {
                "tbs_response_data": datos,
                "signature_algorithm": {"algorithm": "sha256_rsa"},
                "signature": firmar_der(self._clave, datos.dump()),
                "certs": [self.certificado],
            }
        )
        cuerpo = {"response_type": "basic_ocsp_response", "response": basica}
        return bytes(ocsp.OCSPResponse({"response_status": "successful", "response_bytes": cuerpo}).dump())
