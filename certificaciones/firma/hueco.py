"""El hueco de la firma: lo único del archivo que la firma no cubre. Aquí se exige que no pueda llevar nada más.

Un bit cambiado en el relleno, en las mayúsculas del hexadecimal o en un certificado de sobra no rompe la firma; pero el
archivo ya no es el que se entregó.
"""

import re

from asn1crypto import cms
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


def _certificados(contenido: cms.ContentInfo) -> set[bytes]:
    firmado = contenido["content"]
    hallados = {certificado.chosen.dump() for certificado in firmado["certificates"]}
    for atributo in firmado["signer_infos"][0]["unsigned_attrs"]:
        for sello in atributo["values"]:
            hallados |= {c.chosen.dump() for c in sello["content"]["certificates"]}
    return hallados


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
    if not _certificados(contenido) <= _conocidos(lector, confianza):
        raise no_vale("La firma trae un certificado alterado o que no le corresponde.")
    if contenido.copy().dump(force=True) != crudo:
        raise no_vale("La firma no está escrita como se escribió al firmar.")
