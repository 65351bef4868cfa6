"""¿Es esta copia la que se firmó, entera y sin un byte de más? La regla estricta, que ningún lector de PDF aplica completa.

Vale sólo si hay exactamente una firma; cubre todo el archivo; certifica sin cambios (P=1); la cadena, el estado del
certificado y el sello de tiempo se prueban con lo que el propio archivo trae y las raíces de confianza; y el hueco de la
firma no esconde nada. Cualquier archivo, por hostil que sea, termina en un dictamen.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from .asincrono import esperar
from .certificados import es_de_prueba, numero_de_certificado, titular_de
from .confianza import Confianza
from .hueco import revisar_hueco
from .sellos import Sello, leer_sello

_bitacora = logging.getLogger(__name__)
_HOLGURA = timedelta(minutes=10)
_DANADO = "No se puede verificar: el archivo está dañado o no es una copia firmada"


@dataclass(frozen=True, slots=True)
class Dictamen:
    """El resultado. Si no es válida, `motivos` dice por qué, en frases; los demás datos, hasta donde se pudieron leer."""

    valida: bool
    motivos: tuple[str, ...] = ()
    titular: str = ""
    numero_de_certificado: str = ""
    momento: datetime | None = None
    autoridad_de_sellos: str = ""
    de_prueba: bool = False
    avisos: tuple[str, ...] = ()


class _NoVale(Exception):
    """La primera regla que no se cumple."""


def validar(ruta: Path, confianza: Confianza) -> Dictamen:
    """El dictamen de un archivo. Nunca lanza por lo que el archivo contenga; sólo si no se puede abrir (`OSError`)."""
    with ruta.open("rb") as archivo:
        try:
            return _dictaminar(PdfFileReader(archivo), confianza)
        except _NoVale as no_vale:
            return Dictamen(valida=False, motivos=(str(no_vale),))
        except Exception as error:  # noqa: BLE001 - frontera: un archivo hostil hace lanzar de todo y siempre significa lo mismo
            _bitacora.info("Un PDF no se pudo validar", exc_info=True)
            return Dictamen(valida=False, motivos=(f"{_DANADO} ({type(error).__name__}).",))


def _unica_firma(lector: PdfFileReader) -> EmbeddedPdfSignature:
    firmas = lector.embedded_signatures
    if len(firmas) != 1:
        raise _NoVale(
            "No tiene ninguna firma." if not firmas else f"Tiene {len(firmas)} firmas y una copia lleva exactamente una."
        )
    return firmas[0]


def _sello_de(firma: EmbeddedPdfSignature) -> Sello:
    return leer_sello(cms.ContentInfo.load(firma.signer_info["unsigned_attrs"][0]["values"][0].dump()))


def _estado(firma: EmbeddedPdfSignature, lector: PdfFileReader, confianza: Confianza, momento: datetime) -> PdfSignatureStatus:
    """Lo que pyHanko concluye con el DSS del archivo, en el momento del sello."""
    almacen = DocumentSecurityStore.read_dss(lector)
    comunes = {"moment": momento, "allow_fetching": False, "revocation_mode": "require", "retroactive_revinfo": True}

    def contexto(raices: tuple[x509.Certificate, ...]) -> ValidationContext:
        propios = {"trust_roots": list(raices), "other_certs": list(confianza.certificados), "crls": list(confianza.listas)}
        return almacen.as_validation_context(comunes | propios)

    tarea = async_validate_pdf_signature(
        firma, contexto(confianza.raices), ts_validation_context=contexto(confianza.raices_de_sellos)
    )
    return esperar(tarea)


def _reglas(firma: EmbeddedPdfSignature, estado: PdfSignatureStatus) -> list[tuple[bool, str]]:
    nivel = firma.docmdp_level
    sello = estado.timestamp_validity
    return [
        (estado.intact, "El contenido cambió después de firmarse."),
        (estado.valid, "La firma no corresponde a su certificado."),
        (estado.coverage == SignatureCoverageLevel.ENTIRE_FILE, "Hay bytes que la firma no cubre: algo se añadió después."),
        (nivel is not None and nivel.value == 1, "La firma no certifica el documento contra todo cambio."),
        (bool(estado.docmdp_ok), "El documento cambió y su firma no lo permite."),
        (estado.trusted, "El certificado no es de una autoridad de confianza, o no se prueba que estuviera vigente."),
        (bool(sello and sello.valid and sello.trusted), "El sello de tiempo no es válido o no es de una autoridad de confianza."),
        (estado.bottom_line, "La firma no pasó la validación completa."),
    ]


def _dictaminar(lector: PdfFileReader, confianza: Confianza) -> Dictamen:
    firma = _unica_firma(lector)
    firma.compute_integrity_info()
    if firma.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise _NoVale("Hay bytes que la firma no cubre: algo se añadió después.")
    revisar_hueco(firma, lector, confianza, _NoVale)
    sello = _sello_de(firma)
    ahora = datetime.now(UTC)
    if sello.momento > ahora + _HOLGURA:
        raise _NoVale("El sello de tiempo es de una fecha que no ha llegado.")
    estado = _estado(firma, lector, confianza, sello.momento)
    motivos = tuple(motivo for cumple, motivo in _reglas(firma, estado) if not cumple)
    certificado = firma.signer_cert
    vencido = "El certificado de la autoridad de sellos ya venció: la fecha la prueba el registro."
    return Dictamen(
        valida=not motivos,
        motivos=motivos,
        titular=titular_de(certificado).nombre,
        numero_de_certificado=numero_de_certificado(certificado),
        momento=sello.momento,
        autoridad_de_sellos=sello.autoridad,
        de_prueba=es_de_prueba(certificado),
        avisos=(vencido,) if sello.certificado_vence < ahora else (),
    )
