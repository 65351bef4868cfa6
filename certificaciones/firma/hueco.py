"""El hueco de la firma: lo único del archivo que la firma no cubre. Aquí se exige que no pueda llevar nada más.

Un bit cambiado en el relleno, en las mayúsculas del hexadecimal o en un certificado de sobra no rompe la firma; pero el
archivo ya no es el que se entregó.
"""

import re

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from .confianza import Confianza

_HEXADECIMAL = re.compile(rb"<([0-9A-F]*)>")


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
    if contenido.copy().dump(force=True) != crudo or not (_fiel(firmado, "v1") and _fiel(sello, "v3")):
        raise no_vale("La firma no está escrita como se escribió al firmar.")
