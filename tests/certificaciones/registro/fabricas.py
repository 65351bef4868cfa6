"""Hojas y autoridades de sellado de prueba."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import algos, cms, core, tsp, x509
from cryptography import x509 as certificados
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.db import transaction

from certificaciones.registro.puerta import Asiento, asentar


def hoja(numero: int, **otros: Any) -> dict[str, Any]:
    """La hoja de emisión del folio `numero`."""
    return {
        "t": "emision",
        "folio": f"CC/{numero:05d}/2026",
        "sha256": hashlib.sha256(b"%d" % numero).hexdigest(),
        "fojas": 9,
        "emitido": "2026-11-21T12:00:00-06:00",
        "firmante": "00001000000999999999",
    } | otros


def asentar_varias(cuantas: int, registro: str = "expedidas", desde: int = 1) -> list[Asiento]:
    """Asienta `cuantas` emisiones, cada una en su transacción."""
    asientos = []
    for numero in range(desde, desde + cuantas):
        with transaction.atomic():
            asientos.append(asentar(registro, hoja(numero)))
    return asientos


def _certificado(
    nombre: str, llave: Any, firmante: tuple[str, Any], vigencia: tuple[datetime, datetime], *, de_sellos: bool
) -> Any:
    de = certificados.Name([certificados.NameAttribute(NameOID.COMMON_NAME, nombre)])
    emisor = certificados.Name([certificados.NameAttribute(NameOID.COMMON_NAME, firmante[0])])
    obra = (
        certificados.CertificateBuilder()
        .subject_name(de)
        .issuer_name(emisor)
        .public_key(llave.public_key())
        .serial_number(certificados.random_serial_number())
        .not_valid_before(vigencia[0])
        .not_valid_after(vigencia[1])
        .add_extension(certificados.BasicConstraints(ca=not de_sellos, path_length=None), critical=True)
    )
    if de_sellos:
        obra = obra.add_extension(certificados.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return obra.sign(firmante[1], hashes.SHA256())


def _asn1(certificado: Any) -> x509.Certificate:
    return x509.Certificate.load(certificado.public_bytes(serialization.Encoding.DER))


class AutoridadDeSellos:
    """Una autoridad RFC 3161 en memoria: `sellar(huella, algoritmo)` da el token, con la hora que se le diga."""

    def __init__(self, vence: datetime, momento: datetime | None = None) -> None:
        self.momento = momento or datetime.now(UTC)
        desde, self.llave = self.momento - timedelta(days=400), ec.generate_private_key(ec.SECP256R1())
        raiz = ec.generate_private_key(ec.SECP256R1())
        sin_fin = (desde, datetime(2080, 1, 1, tzinfo=UTC))
        self.raiz = _asn1(_certificado("Raíz de prueba", raiz, ("Raíz de prueba", raiz), sin_fin, de_sellos=False))
        self.certificado = _asn1(
            _certificado("Sellos de prueba", self.llave, ("Raíz de prueba", raiz), (desde, vence), de_sellos=True)
        )

    def __call__(self, huella: bytes, algoritmo: str) -> bytes:
        imprenta = tsp.MessageImprint(
            {"hash_algorithm": algos.DigestAlgorithm({"algorithm": algoritmo}), "hashed_message": huella}
        )
        info = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "1.2.3.4",
                "message_imprint": imprenta,
                "serial_number": 7,
                "gen_time": self.momento.replace(microsecond=0),
            }
        )
        return self._firmar(info)

    def _firmar(self, info: tsp.TSTInfo) -> bytes:
        contenido = info.dump()
        atributos = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
                cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(contenido).digest()]}),
            ]
        )
        firmante = {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": self.certificado.issuer, "serial_number": self.certificado.serial_number}
                    )
                }
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signed_attrs": atributos,
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": self.llave.sign(atributos.dump(), ec.ECDSA(hashes.SHA256())),
        }
        return self._envolver(contenido, firmante)

    def _envolver(self, contenido: bytes, firmante: dict[str, Any]) -> bytes:
        datos = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
                "encap_content_info": {
                    "content_type": "tst_info",
                    "content": core.ParsableOctetString(contenido),
                },
                "certificates": [self.certificado],
                "signer_infos": [firmante],
            }
        )
        return bytes(cms.ContentInfo({"content_type": "signed_data", "content": datos}).dump())
