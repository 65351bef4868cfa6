"""La firma dentro del PDF: PAdES B-LT en una sola revisión, certificada sin cambios permitidos (DocMDP P=1).

El almacén de validación (DSS) va en la misma revisión que la firma: así los lectores dicen «firma todo el documento» y
cualquier byte añadido después se nota.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from asn1crypto import cms, x509
from pyhanko.pdf_utils.generic import IndirectObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    SigDSSPlacementPreference,
)
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .apariencia import DatosDelSello, dibujar, estilo
from .asincrono import esperar
from .certificados import es_de_prueba, numero_de_certificado, titular_de
from .errores import FirmaRechazada, SelloPendiente
from .firmantes import clave_publica
from .servicios import Evidencia, Servicios

CAMPO = "FirmaCertificacion"
MOTIVO = "Certificación de copia fiel"
#: Lo que se lee de una vez al copiar y resumir; pyHanko usa 4 KiB, que en una copia de 200 MB son cien mil vueltas.
TROZO = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Certificador:
    """Con qué certificado se firma, cómo se llama esa clase de firma y desde dónde (institución o ciudad)."""

    certificado: x509.Certificate
    leyenda: str
    lugar: str = ""


@dataclass(frozen=True, slots=True)
class Preparada:
    """Un PDF con el hueco de la firma: la huella de sus bytes, el hueco (posiciones) y los atributos que hay que firmar (DER)."""

    huella: bytes
    inicio: int
    fin: int
    atributos: bytes


def _campo(escritor: IncrementalPdfFileWriter) -> tuple[float, float]:
    """Ancho y alto del campo de firma, que debe ser el único del documento y estar vacío."""
    try:
        campos = escritor.root["/AcroForm"]["/Fields"]
        campo = campos[0].get_object() if isinstance(campos[0], IndirectObject) else campos[0]
        x0, y0, x1, y1 = (float(v) for v in campo["/Rect"])
        sirve = len(campos) == 1 and campo["/T"] == CAMPO and "/V" not in campo
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise FirmaRechazada("El documento no trae el campo de firma preparado. Vuelva a componer la copia.") from error
    if not sirve:
        raise FirmaRechazada("El documento ya está firmado o trae otros campos. Vuelva a componer la copia.")
    return abs(x1 - x0), abs(y1 - y0)


def _firmante_externo(certificado: x509.Certificate, cadena: tuple[x509.Certificate, ...], firma: bytes) -> ExternalSigner:
    return ExternalSigner(certificado, SimpleCertificateStore.from_certs(list(cadena)), signature_value=firma)


def _metadatos(quien: Certificador, evidencia: Evidencia, servicios: Servicios) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=CAMPO,
        reason=MOTIVO,
        location=quien.lugar or None,
        name=titular_de(quien.certificado).nombre,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        embed_validation_info=True,
        validation_context=servicios.contexto_de_firma(evidencia.respuesta),
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
    )


def _escribir_recuadro(quien: Certificador, escritor: IncrementalPdfFileWriter, momento: datetime, donde: Path) -> Path:
    datos = DatosDelSello(
        quien.leyenda,
        titular_de(quien.certificado).nombre,
        numero_de_certificado(quien.certificado),
        momento,
        es_de_prueba(quien.certificado),
    )
    recuadro = donde / "recuadro.pdf"
    recuadro.write_bytes(dibujar(datos, *_campo(escritor)))
    return recuadro


def preparar(sin_firma: Path, trabajo: Path, quien: Certificador, evidencia: Evidencia, servicios: Servicios) -> Preparada:
    """Escribe en `trabajo` el PDF con todo menos la firma y dice qué hay que firmar. Lanza `SelloPendiente` o `FirmaRechazada`."""
    tamano = clave_publica(quien.certificado).key_size // 8
    externo = _firmante_externo(quien.certificado, evidencia.cadena, bytes(tamano))
    try:
        with TemporaryDirectory(prefix="acervo-firma-") as carpeta, sin_firma.open("rb") as entra, trabajo.open("wb+") as sale:
            escritor = IncrementalPdfFileWriter(entra)
            escritor.IO_CHUNK_SIZE = TROZO
            recuadro = _escribir_recuadro(quien, escritor, evidencia.momento, Path(carpeta))
            firmador = PdfSigner(
                _metadatos(quien, evidencia, servicios), externo, timestamper=servicios.sellos, stamp_style=estilo(recuadro)
            )
            tarea = firmador.async_digest_doc_for_signing(escritor, output=sale, existing_fields_only=True, chunk_size=TROZO)
            hueco, _, _ = esperar(tarea)
    except SigningError as error:
        raise SelloPendiente(f"No se pudo reunir la prueba de validez de la firma: {error}. Se reintentará.") from error
    except PdfError as error:
        raise FirmaRechazada(f"El documento no se puede firmar: {error}. Vuelva a componer la copia.") from error
    atributos = esperar(externo.signed_attrs(hueco.document_digest, "sha256", use_pades=True))
    return Preparada(hueco.document_digest, hueco.reserved_region_start, hueco.reserved_region_end, bytes(atributos.dump()))


def incorporar(trabajo: Path, preparada: Preparada, evidencia: Evidencia, firma: bytes, servicios: Servicios) -> cms.ContentInfo:
    """Pide el sello de tiempo de la firma (ya comprobada) y la pone en su hueco."""
    externo = _firmante_externo(evidencia.certificado, evidencia.cadena, firma)
    atributos = cms.CMSAttributes.load(preparada.atributos)
    tarea = externo.async_sign_prescribed_attributes("sha256", signed_attrs=atributos, timestamper=servicios.sellos)
    try:
        contenido = esperar(tarea)
        with trabajo.open("rb+") as archivo:
            PreparedByteRangeDigest(preparada.huella, preparada.inicio, preparada.fin).fill_with_cms(archivo, contenido)
    except SigningError as error:
        raise SelloPendiente(f"La firma no cupo en su hueco: {error}. Vuelva a firmar.") from error
    return contenido
