"""Las firmas que ya trae un original: se dicen en la certificación, porque en la reproducción ya no se pueden comprobar."""

import logging
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature

from .asincrono import esperar
from .certificados import titular_de
from .confianza import Confianza

_bitacora = logging.getLogger(__name__)
_ILEGIBLES = "Sus firmas no se pudieron leer: el archivo está dañado o no siguen la norma."


def _frase(firma: EmbeddedPdfSignature, confianza: Confianza) -> str:
    """Quién firmó, si lo que firmó sigue igual, si abarca todo el documento y si su autoridad es de confianza."""
    contexto = confianza.contexto(revocation_mode="soft-fail")
    estado = esperar(async_validate_pdf_signature(firma, contexto))
    if not (estado.intact and estado.valid):
        return f"{titular_de(firma.signer_cert).nombre}: alterada"
    entera = estado.coverage == SignatureCoverageLevel.ENTIRE_FILE
    alcance = "abarca todo el documento" if entera else "hay cambios posteriores a ella"
    confiable = "autoridad de confianza" if estado.trusted else "autoridad no comprobada"
    return f"{titular_de(firma.signer_cert).nombre}: íntegra, {alcance}, {confiable}"


def firmas_que_trae(ruta: Path, confianza: Confianza) -> str:
    """Una frase sobre las firmas de un PDF, o vacía si no trae ninguna. Nunca lanza por lo que el archivo contenga."""
    with ruta.open("rb") as archivo:
        try:
            frases = [_frase(firma, confianza) for firma in PdfFileReader(archivo).embedded_regular_signatures]
        except Exception:  # noqa: BLE001 - frontera: un archivo ajeno hace lanzar de todo y siempre significa lo mismo
            _bitacora.info("Las firmas de un original no se pudieron leer", exc_info=True)
            return _ILEGIBLES
    return "; ".join(frases) + "." if frases else ""
