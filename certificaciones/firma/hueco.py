"""El hueco de la firma: lo único del archivo que la firma no cubre. Aquí se exige que no pueda llevar nada más.

Un bit cambiado en el relleno, en las mayúsculas del hexadecimal o en un certificado de sobra no rompe la firma; pero el
archivo ya no es el que se entregó.
"""

import re

from asn1crypto import cms, core, x509
from asn1crypto.parser import emit
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from .confianza import Confianza

_HEXADECIMAL = re.compile(rb"<([0-9A-F]*)>")
_UNIVERSAL, _DE_CONTEXTO, _COMPUESTO = 0, 2, 1
_DEL_FIRMADO = ("version", "digest_algorithms", "encap_content_info", "certificates")
_DEL_FIRMANTE = ("version", "sid", "digest_algorithm", "signed_attrs", "signature_algorithm", "signature", "unsigned_attrs")


def _contenido(firma: EmbeddedPdfSignature, lector: PdfFileReader) -> bytes | None:
    """Los bytes del hueco, si están escritos como los escribe quien firma y el relleno son sólo ceros."""
    rango = [int(n) for n in firma.byte_range]
    if len(rango) != 4 or rango[0] != 0:
        return None
    lector.stream.seek(rango[1])
    escrito = _HEXADECIMAL.fullmatch(lector.stream.read(rango[2] - rango[1]))
    if escrito is None:
        return None
    crudo = bytes.fromhex(escrito.group(1).decode("ascii"))
    largo = len(cms.ContentInfo.load(crudo).dump())
    return crudo[:largo] if not any(crudo[largo:]) else None


def _certificados(firmado: cms.SignedData) -> list[x509.Certificate]:
    return [certificado.chosen for certificado in firmado["certificates"]]


def _fiel(firmado: cms.SignedData, version: str) -> bool:
    """¿Está escrito como debe lo que ninguna firma cubre: versiones, algoritmo anunciado y a quién se atribuye?"""
    if len(firmado["signer_infos"]) != 1:
        return False
    firmante = firmado["signer_infos"][0]
    emisor = firmante["sid"].chosen["issuer"].dump()
    numero = firmante["sid"].chosen["serial_number"].native
    return (
        firmado["version"].native == version
        and firmante["version"].native == "v1"
        and firmado["digest_algorithms"].contents == firmante["digest_algorithm"].dump()
        and any(c.issuer.dump() == emisor and c.serial_number == numero for c in _certificados(firmado))
    )


def _sello(firmado: cms.SignedData) -> cms.SignedData | None:
    """El único sello de tiempo de la firma."""
    sin_firmar = firmado["signer_infos"][0]["unsigned_attrs"]
    if [a["type"].native for a in sin_firmar] != ["signature_time_stamp_token"] or len(sin_firmar[0]["values"]) != 1:
        return None
    return sin_firmar[0]["values"][0]["content"]


def _conocidos(lector: PdfFileReader, confianza: Confianza) -> set[bytes]:
    """Los certificados que la firma sí cubre (los del DSS) y los de confianza."""
    del_archivo = DocumentSecurityStore.read_dss(lector).load_certs()
    return {certificado.dump() for certificado in (*del_archivo, *confianza.certificados)}


def _partes(valor: core.Sequence, nombres: tuple[str, ...]) -> bytes:
    return b"".join(valor[nombre].dump(force=True) for nombre in nombres)


def _secuencia(contenido: bytes) -> bytes:
    return bytes(emit(_UNIVERSAL, _COMPUESTO, core.Sequence.tag, contenido))


def como_se_escribe(crudo: bytes) -> bytes:
    """La misma firma (CMS con un firmante) vuelta a escribir en DER.

    Se arma por partes porque pedirla entera a asn1crypto reescribe cada nivel tantas veces como niveles lo rodean: diez veces más
    tiempo, en cada validación.
    """
    contenido = cms.ContentInfo.load(crudo)
    firmado = contenido["content"]
    firmante = _secuencia(_partes(firmado["signer_infos"][0], _DEL_FIRMANTE))
    firmantes = bytes(emit(_UNIVERSAL, _COMPUESTO, core.Set.tag, firmante))
    cuerpo = bytes(emit(_DE_CONTEXTO, _COMPUESTO, 0, _secuencia(_partes(firmado, _DEL_FIRMADO) + firmantes)))
    return _secuencia(_partes(contenido, ("content_type",)) + cuerpo)


def revisar_hueco(firma: EmbeddedPdfSignature, lector: PdfFileReader, confianza: Confianza, no_vale: type[Exception]) -> None:
    """Lanza `no_vale` si el hueco lleva algo que la firma no protege."""
    crudo = _contenido(firma, lector)
    if crudo is None:
        raise no_vale("El hueco de la firma lleva algo más que la firma.")
    contenido = cms.ContentInfo.load(crudo, strict=True)
    firmado = contenido["content"]
    sello = _sello(firmado)
    if sello is None:
        raise no_vale("La firma no trae un sello de tiempo, o trae algo más.")
    if not {c.dump() for c in (*_certificados(firmado), *_certificados(sello))} <= _conocidos(lector, confianza):
        raise no_vale("La firma trae un certificado alterado o que no le corresponde.")
    if not (_fiel(firmado, "v1") and _fiel(sello, "v3")) or como_se_escribe(crudo) != crudo:
        raise no_vale("La firma no está escrita como se escribió al firmar.")
