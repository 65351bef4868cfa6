"""Cómo se arma un certificado de ensayo con la forma de los verdaderos. Sólo lo usa `pki_ensayo`."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from asn1crypto import core, crl, keys, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from .certificados import SIN_VALIDEZ, Titular

Clave = rsa.RSAPrivateKey
_T61, _IMPRIMIBLE = 20, 19
_USOS_DE_EFIRMA = {"digital_signature", "non_repudiation", "data_encipherment", "key_agreement"}
Extensiones = list[dict[str, Any]]


def clave_nueva() -> Clave:
    """RSA de 2048 bits, como las del SAT."""
    return rsa.generate_private_key(65537, 2048)


def publica(clave: Clave) -> keys.PublicKeyInfo:
    """La parte pública, como la lleva un certificado."""
    der = clave.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return keys.PublicKeyInfo.load(der)


def firmar_der(clave: Clave, datos: bytes) -> bytes:
    """RSA PKCS#1 v1.5 sobre SHA-256."""
    return clave.sign(datos, padding.PKCS1v15(), hashes.SHA256())


def numero_nuevo() -> int:
    """Un número de certificado con la forma de los del SAT: veinte cifras escritas como texto."""
    return int.from_bytes(b"00009" + f"{secrets.randbelow(10**15):015d}".encode("ascii"), "big")


def nombre_de_autoridad(comun: str) -> x509.Name:
    """El nombre de una autoridad de ensayo: su organización dice que no tiene validez."""
    return x509.Name.build(
        {"country_name": "MX", "organization_name": f"Autoridad de ensayo {SIN_VALIDEZ}", "common_name": comun}
    )


def _der(etiqueta: int, contenido: bytes) -> bytes:
    largo = len(contenido)
    if largo < 128:
        return bytes([etiqueta, largo]) + contenido
    cifras = largo.to_bytes((largo.bit_length() + 7) // 8, "big")
    return bytes([etiqueta, 0x80 | len(cifras)]) + cifras + contenido


def _relativo(oid: str, tipo: int, texto: str) -> bytes:
    par = core.ObjectIdentifier(oid).dump() + _der(tipo, texto.encode("latin-1", "replace"))
    return _der(0x31, _der(0x30, par))


def nombre_como_el_sat(titular: Titular) -> x509.Name:
    """Un nombre con las rarezas del SAT: T61String en Latin-1 y el RFC como PrintableString en 2.5.4.45."""
    partes = [
        _relativo("2.5.4.3", _T61, titular.nombre),
        _relativo("2.5.4.41", _T61, titular.nombre),
        _relativo("2.5.4.10", _T61, f"{titular.nombre} {SIN_VALIDEZ}"),
        _relativo("2.5.4.6", _IMPRIMIBLE, "MX"),
        _relativo("2.5.4.45", _IMPRIMIBLE, titular.rfc),
        _relativo("2.5.4.5", _IMPRIMIBLE, titular.curp),
    ]
    return x509.Name.load(_der(0x30, b"".join(partes)))


def _fecha(momento: datetime) -> x509.Time:
    return x509.Time({"utc_time": momento} if momento.year < 2050 else {"general_time": momento})


def _extension(cual: str, valor: Any, *, critica: bool = False) -> dict[str, Any]:
    return {"extn_id": cual, "critical": critica, "extn_value": valor}


def de_autoridad() -> Extensiones:
    """Extensiones de quien emite certificados y listas."""
    usos = x509.KeyUsage({"key_cert_sign", "crl_sign", "digital_signature"})
    return [
        _extension("basic_constraints", x509.BasicConstraints({"ca": True}), critica=True),
        _extension("key_usage", usos, critica=True),
    ]


def de_servicio(uso: str) -> Extensiones:
    """Extensiones de un servicio: `time_stamping` u `ocsp_signing`."""
    propias = [
        _extension("key_usage", x509.KeyUsage({"digital_signature"}), critica=True),
        _extension("extended_key_usage", x509.ExtKeyUsageSyntax([uso]), critica=uso == "time_stamping"),
    ]
    return [*propias, _extension("ocsp_no_check", core.Null())] if uso == "ocsp_signing" else propias


def de_efirma(usos: Iterable[str] = ()) -> Extensiones:
    """Extensiones de una e.firma; con menos `usos`, las de un sello digital."""
    return [
        _extension("basic_constraints", x509.BasicConstraints({"ca": False}), critica=True),
        _extension("key_usage", x509.KeyUsage(set(usos) or _USOS_DE_EFIRMA)),
        _extension("extended_key_usage", x509.ExtKeyUsageSyntax(["email_protection", "client_auth"])),
    ]


def certificar(
    sujeto: x509.Name,
    clave: keys.PublicKeyInfo,
    quien: tuple[x509.Name, Clave],
    cuando: Mapping[str, Any],
    extensiones: Extensiones,
) -> x509.Certificate:
    """Un certificado. `quien` es el emisor y su clave; `cuando` da `desde`, `hasta` y, si se quiere, `numero`."""
    algoritmo = {"algorithm": "sha256_rsa"}
    cuerpo = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": cuando.get("numero") or numero_nuevo(),
            "signature": algoritmo,
            "issuer": quien[0],
            "validity": {"not_before": _fecha(cuando["desde"]), "not_after": _fecha(cuando["hasta"])},
            "subject": sujeto,
            "subject_public_key_info": clave,
            "extensions": extensiones,
        }
    )
    firma = firmar_der(quien[1], cuerpo.dump())
    return x509.Certificate({"tbs_certificate": cuerpo, "signature_algorithm": algoritmo, "signature_value": firma})


def lista_vacia(quien: tuple[x509.Name, Clave], desde: datetime, hasta: datetime) -> crl.CertificateList:
    """Una lista de revocación sin nadie."""
    algoritmo = {"algorithm": "sha256_rsa"}
    cuerpo = crl.TbsCertList(
        {
            "version": "v2",
            "signature": algoritmo,
            "issuer": quien[0],
            "this_update": _fecha(desde),
            "next_update": _fecha(hasta),
            "crl_extensions": [_extension("crl_number", core.Integer(1))],
        }
    )
    return crl.CertificateList(
        {"tbs_cert_list": cuerpo, "signature_algorithm": algoritmo, "signature": firmar_der(quien[1], cuerpo.dump())}
    )
