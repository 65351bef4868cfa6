"""Quién firma. Todos cumplen el mismo protocolo: un certificado y la facultad de firmar unos bytes con su clave."""

from dataclasses import dataclass, field
from typing import Protocol

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from .errores import CertificadoRechazado, FirmaRechazada


class Firmante(Protocol):
    """Una clave RSA y su certificado, estén donde estén."""

    @property
    def certificado(self) -> x509.Certificate:
        """El certificado con que se firma."""

    @property
    def leyenda(self) -> str:
        """Cómo se llama esta clase de firma en el recuadro impreso."""

    def firmar(self, datos: bytes) -> bytes:
        """RSA PKCS#1 v1.5 con SHA-256 sobre los datos."""


@dataclass(frozen=True)
class FirmanteEnMemoria:
    """Clave en la memoria del proceso: la de ensayo y la del sello de la institución."""

    certificado: x509.Certificate
    clave: rsa.RSAPrivateKey = field(repr=False)
    leyenda: str = "Firmado electrónicamente por"

    def firmar(self, datos: bytes) -> bytes:
        """RSA PKCS#1 v1.5 con SHA-256."""
        return self.clave.sign(datos, padding.PKCS1v15(), hashes.SHA256())


def revisar_firma(certificado: x509.Certificate, firma: bytes, datos: bytes) -> None:
    """Que la firma sea de esos datos y de la clave del certificado. Lanza `FirmaRechazada`."""
    publica = clave_publica(certificado)
    try:
        publica.verify(firma, datos, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as error:
        raise FirmaRechazada(
            "La firma no corresponde al documento o al certificado. Revise que el .key y el .cer sean de la misma e.firma."
        ) from error


def clave_publica(certificado: x509.Certificate) -> rsa.RSAPublicKey:
    """La clave pública, que debe ser RSA de 2048 bits o más."""
    try:
        clave = serialization.load_der_public_key(certificado.public_key.dump())
    except ValueError as error:
        raise CertificadoRechazado("La clave pública del certificado no se puede leer.") from error
    if not isinstance(clave, rsa.RSAPublicKey) or clave.key_size < 2048:
        raise CertificadoRechazado("El certificado no es RSA de 2048 bits o más, que es lo que esta instalación admite.")
    return clave
