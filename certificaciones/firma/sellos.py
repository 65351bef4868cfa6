"""Sellos de tiempo (RFC 3161): pedirlos y comprobarlos."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, tsp, x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import extract_ts_certs
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator.errors import PathError
from pyhanko_certvalidator.errors import ValidationError as ErrorDeCadena
from pyhanko_certvalidator.registry import SimpleCertificateStore

from .asincrono import esperar
from .confianza import Confianza
from .errores import FirmaRechazada, SelloPendiente
from .transporte import Transporte

TIPO_DE_PETICION = "application/timestamp-query"
_OTORGADO = {"granted", "granted_with_mods"}


def _contenido(sello: cms.ContentInfo) -> tsp.TSTInfo:
    return sello["content"]["encap_content_info"]["content"].parsed


def revisar_respuesta(respuesta: bytes, peticion: tsp.TimeStampReq) -> cms.ContentInfo:
    """El sello de una respuesta, si corresponde a la petición: otorgado, con la misma huella y el mismo número al azar."""
    try:
        leida = tsp.TimeStampResp.load(respuesta, strict=True)
        estado = leida["status"]["status"].native
        if estado not in _OTORGADO:
            raise SelloPendiente(f"La autoridad de sellos de tiempo negó el sello ({estado}). Se reintentará.")
        contenido = _contenido(leida["time_stamp_token"])
        igual = hmac.compare_digest(contenido["message_imprint"].dump(), peticion["message_imprint"].dump())
        if contenido["nonce"].native != peticion["nonce"].native:
            raise SelloPendiente("El sello de tiempo no responde a esta petición (otro número al azar). Se reintentará.")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SelloPendiente("La autoridad de sellos de tiempo contestó algo que no es un sello. Se reintentará.") from error
    if not igual:
        raise SelloPendiente("El sello de tiempo es de otra huella. Se reintentará.")
    return leida["time_stamp_token"]


class ClienteDeSellos(TimeStamper):
    """Pide sellos a una autoridad por el transporte dado. Lanza `SelloPendiente`."""

    def __init__(self, transporte: Transporte) -> None:
        super().__init__()
        self._transporte = transporte

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Un sello de esa huella (así la llama pyHanko)."""
        return self.sellar(message_digest, md_algorithm)

    def sellar(self, huella: bytes, algoritmo: str = "sha256") -> cms.ContentInfo:
        """Un sello de tiempo de la huella."""
        _, peticion = self.request_cms(huella, algoritmo)
        return revisar_respuesta(self._transporte(peticion.dump()), peticion)

    def certificados_de(self, sello: cms.ContentInfo) -> list[x509.Certificate]:
        """El certificado que firmó el sello; los demás que trae quedan en `cert_registry`."""
        return list(extract_ts_certs(sello, self.cert_registry))


def sellar_huella(huella: str | bytes, tsa: ClienteDeSellos, algoritmo: str = "sha256") -> bytes:
    """Sello RFC 3161 (TimeStampToken, DER) de una huella, en bytes o en hexadecimal. Lanza `SelloPendiente`."""
    return bytes(tsa.sellar(bytes.fromhex(huella) if isinstance(huella, str) else huella, algoritmo).dump())


@dataclass(frozen=True, slots=True)
class Sello:
    """Lo que dice un sello de tiempo comprobado."""

    momento: datetime
    autoridad: str
    certificado_vence: datetime


def _certificado_del_sello(sello: cms.ContentInfo) -> x509.Certificate:
    hallados = list(extract_ts_certs(sello, SimpleCertificateStore()))
    if len(hallados) != 1:
        raise FirmaRechazada("El sello de tiempo no trae el certificado de su autoridad.")
    return hallados[0]


def leer_sello(sello: cms.ContentInfo) -> Sello:
    """Lo que un sello dice de sí, sin comprobarlo."""
    certificado = _certificado_del_sello(sello)
    return Sello(_contenido(sello)["gen_time"].native, certificado.subject.human_friendly, certificado.not_valid_after)


def comprobar_sello(sello: bytes, huella: str | bytes, confianza: Confianza) -> Sello:
    """El sello (DER), si es de esa huella y lo firmó una autoridad de confianza vigente en su momento. Lanza `FirmaRechazada`.

    El estado del certificado de la autoridad se mira sólo en las listas que se tengan: un sello suelto no trae otras.
    """
    debida = bytes.fromhex(huella) if isinstance(huella, str) else huella
    try:
        leido = cms.ContentInfo.load(sello, strict=True)
        datos = leer_sello(leido)
        contexto = confianza.para_sellos().contexto(moment=datos.momento, retroactive_revinfo=True, revocation_mode="soft-fail")
        dicho = esperar(validate_tst_signed_data(leido["content"], contexto, lambda _: debida))
    except (ValueError, TypeError, KeyError, AttributeError, SignatureValidationError, ErrorDeCadena, PathError) as error:
        raise FirmaRechazada(f"El sello de tiempo no se pudo comprobar: {error}") from error
    if not TimestampSignatureStatus(**dicho).trusted:
        raise FirmaRechazada("El sello de tiempo no es de esta huella o no lo firmó una autoridad de confianza.")
    return datos
