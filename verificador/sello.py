"""Comprobar un sello de tiempo RFC 3161: de qué es, cuándo se puso y quién responde por él. Necesita asn1crypto y cryptography."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, core, pem, tsp, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

LARGO_DE_CADENA = 8
_HUELLAS = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha3_256": hashes.SHA3_256(),
    "sha3_512": hashes.SHA3_512(),
}


class SelloInvalido(Exception):
    """El sello no es de ese texto, está alterado o no se puede leer; el mensaje dice qué."""


@dataclass(frozen=True)
class SelloLeido:
    """Lo que dice un sello: su hora (UTC), cuándo vence el certificado que selló y de quién es."""

    momento: datetime
    vence: datetime
    autoridad: str
    algoritmo: str
    confiable: bool = False


def leer_certificados(datos: bytes) -> list[x509.Certificate]:
    """Los certificados de un archivo PEM (uno o varios) o DER."""
    if not pem.detect(datos):
        return [x509.Certificate.load(datos, strict=True)]
    return [x509.Certificate.load(der, strict=True) for _, _, der in pem.unarmor(datos, multiple=True)]


def nombre_de(certificado: x509.Certificate) -> str:
    """De quién es un certificado, en pocas palabras."""
    datos = certificado.subject.native
    nombre, casa = datos.get("common_name"), datos.get("organization_name")
    partes = [str(parte) for parte in (nombre, casa) if parte and not (parte is casa and casa == nombre)]
    return ", ".join(partes) or certificado.subject.human_friendly


def _resumir(algoritmo: str, datos: bytes) -> bytes:
    if algoritmo not in _HUELLAS:
        raise SelloInvalido(f"El sello usa una huella que este programa no conoce: {algoritmo}.")
    return hashlib.new(algoritmo, datos).digest()


def _es_firma_de(certificado: x509.Certificate, firmado: tuple[bytes, bytes], algoritmo: Any, resumen: str) -> bool:
    """¿La firma de `firmado` (firma, datos) es de la llave del certificado?"""
    firma, datos = firmado
    llave = serialization.load_der_public_key(certificado.public_key.dump())
    huella = _HUELLAS[resumen]
    try:
        if isinstance(llave, ec.EllipticCurvePublicKey):
            llave.verify(firma, datos, ec.ECDSA(huella))
        elif isinstance(llave, rsa.RSAPublicKey):
            relleno: Any = padding.PKCS1v15()
            if algoritmo.signature_algo == "rsassa_pss":
                relleno = padding.PSS(padding.MGF1(huella), padding.PSS.AUTO)
            llave.verify(firma, datos, relleno, huella)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _resumen_de(algoritmo: Any, otro: str = "") -> str:
    """El nombre de la huella de un algoritmo de firma; el de RSA sin más la toma de la firma que lo rodea."""
    try:
        return str(algoritmo.hash_algo)
    except ValueError:
        return otro


class _Token:
    """Un TimeStampToken en sus partes."""

    def __init__(self, token: bytes) -> None:
        try:
            contenido = cms.ContentInfo.load(token, strict=True)
            self.datos = contenido["content"]
            self.info: tsp.TSTInfo = self.datos["encap_content_info"]["content"].parsed
            (self.firmante,) = self.datos["signer_infos"]
            self.certificados = [c.chosen for c in self.datos["certificates"] if c.name == "certificate"]
            self.certificado = self._del_firmante()
            self.atributos = {a["type"].native: a["values"] for a in self.firmante["signed_attrs"]}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise SelloInvalido("El sello de tiempo no se puede leer: no es un token RFC 3161.") from error

    def _del_firmante(self) -> x509.Certificate:
        sid = self.firmante["sid"].chosen
        for certificado in self.certificados:
            if self.firmante["sid"].name == "issuer_and_serial_number":
                mismo = certificado.issuer == sid["issuer"] and certificado.serial_number == sid["serial_number"].native
            else:
                mismo = certificado.key_identifier == sid.native
            if mismo:
                return certificado
        raise ValueError

    def lectura(self, *, confiable: bool = False) -> SelloLeido:
        imprenta = self.info["message_imprint"]
        return SelloLeido(
            self.info["gen_time"].native,
            self.certificado.not_valid_after,
            nombre_de(self.certificado),
            imprenta["hash_algorithm"]["algorithm"].native,
            confiable,
        )

    def exigir_texto(self, texto: bytes) -> None:
        imprenta = self.info["message_imprint"]
        if imprenta["hashed_message"].native != _resumir(imprenta["hash_algorithm"]["algorithm"].native, texto):
            raise SelloInvalido("El sello de tiempo es de otro texto.")

    def exigir_firma(self) -> None:
        resumen = self.firmante["digest_algorithm"]["algorithm"].native
        contenido = self.datos["encap_content_info"]["content"].contents
        huella = self.atributos["message_digest"][0].native if "message_digest" in self.atributos else b""
        if huella != _resumir(resumen, contenido) or self.atributos["content_type"][0].native != "tst_info":
            raise SelloInvalido("El sello de tiempo está alterado: no coincide su contenido.")
        algoritmo = self.firmante["signature_algorithm"]
        firmado = (self.firmante["signature"].native, core.SetOf.dump(self.firmante["signed_attrs"].untag(), force=True))
        if not _es_firma_de(self.certificado, firmado, algoritmo, _resumen_de(algoritmo, resumen) or resumen):
            raise SelloInvalido("El sello de tiempo está alterado: no coincide su firma.")

    def exigir_oficio(self) -> None:
        """El certificado era de una autoridad de sellado y estaba vigente a la hora del sello."""
        usos = self.certificado.extended_key_usage_value
        if usos is None or "time_stamping" not in usos.native:
            raise SelloInvalido("Quien puso el sello no es una autoridad de sellos de tiempo.")
        if not _vigente(self.certificado, self.info["gen_time"].native):
            raise SelloInvalido("El certificado de quien selló no estaba vigente a la hora del sello.")


def _vigente(certificado: x509.Certificate, momento: datetime) -> bool:
    return certificado.not_valid_before <= momento <= certificado.not_valid_after


def _firmo(emisor: x509.Certificate, certificado: x509.Certificate) -> bool:
    algoritmo = certificado["signature_algorithm"]
    resumen = _resumen_de(algoritmo)
    firmado = (certificado["signature_value"].native, certificado["tbs_certificate"].dump())
    return resumen in _HUELLAS and emisor.ca is True and _es_firma_de(emisor, firmado, algoritmo, resumen)


def _llega(certificado: x509.Certificate, otros: Sequence[x509.Certificate], raices: dict[bytes, Any], momento: datetime) -> bool:
    """¿La cadena del certificado termina en una de las raíces, con todos vigentes en ese momento?"""
    actual = certificado
    for _ in range(LARGO_DE_CADENA):
        if actual.sha256 in raices:
            return True
        emisores = (c for c in [*raices.values(), *otros] if c.subject == actual.issuer and c.sha256 != actual.sha256)
        emisor = next((c for c in emisores if _vigente(c, momento) and _firmo(c, actual)), None)
        if emisor is None:
            return False
        actual = emisor
    return False


def leer_sello(token: bytes) -> SelloLeido:
    """Lo que un sello dice de sí, sin comprobarlo. `SelloInvalido` si no se puede leer."""
    return _Token(token).lectura()


def comprobar_sello(token: bytes, texto: bytes, raices: Iterable[x509.Certificate] = ()) -> SelloLeido:
    """El sello, si es de `texto` y su firma es buena; `confiable` si además su cadena llega a una de las raíces dadas."""
    sello = _Token(token)
    sello.exigir_texto(texto)
    sello.exigir_firma()
    sello.exigir_oficio()
    conocidas = {raiz.sha256: raiz for raiz in raices}
    momento = sello.info["gen_time"].native
    return sello.lectura(confiable=_llega(sello.certificado, sello.certificados, conocidas, momento))
