"""La firma electrónica del PDF, comprobada con pyHanko. Sin pyHanko este módulo no se puede importar, y el dictamen lo dice."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

Salida = Literal["bien", "mal", "sin_comprobar"]
ILEGIBLE = (
    PdfError,
    SigningError,
    SignatureValidationError,
    PathError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ArithmeticError,
)
# pyHanko cuenta por su cuenta lo que aquí se dice en una frase.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
# El SAT escribe el RFC como texto en 2.5.4.45 y asn1crypto espera una cadena de bits.
x509.NameTypeAndValue._oid_specs["unique_identifier"] = x509.DirectoryString


def revisar_firma(copia: Path, raices: Sequence[Any] = ()) -> tuple[Salida, str]:
    """Si el PDF está firmado, si la firma lo cubre entero y nada se le hizo después; con raíces, si quien firmó es de confianza."""
    with copia.open("rb") as archivo:
        try:
            firmas = PdfFileReader(archivo).embedded_regular_signatures
            if not firmas:
                return "sin_comprobar", "El PDF no lleva firma electrónica: la suya es autógrafa, en el papel."
            if len(firmas) > 1:
                return "mal", f"El PDF lleva {len(firmas)} firmas y una copia certificada lleva una."
            contexto = ValidationContext(trust_roots=list(raices), allow_fetching=False, revocation_mode="soft-fail")
            estado = validate_pdf_signature(firmas[0], contexto)
        except ILEGIBLE as error:
            return "mal", f"La firma del PDF no se puede leer: {error}"
    return _decir(estado, con_raices=bool(raices))


def _decir(estado: PdfSignatureStatus, *, con_raices: bool) -> tuple[Salida, str]:
    entero = estado.coverage == SignatureCoverageLevel.ENTIRE_FILE and estado.modification_level == ModificationLevel.NONE
    if not (estado.intact and estado.valid and entero):
        return "mal", "La firma del PDF no corresponde a su contenido, o se le agregó algo después de firmarlo."
    firmante = estado.signing_cert.subject.native.get("common_name", "quien firmó")
    if not estado.trusted:
        if con_raices:
            return "sin_comprobar", f"La firma cubre todo el PDF; el certificado de {firmante} no llega a las raíces dadas."
        return "sin_comprobar", f"La firma cubre todo el PDF; no se comprobó el certificado de {firmante} (falta --confianza)."
    return "bien", f"La firma de {firmante} cubre todo el PDF y su certificado llega a una raíz de confianza."
