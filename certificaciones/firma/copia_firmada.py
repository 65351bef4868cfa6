"""Firmar de una vez, cuando la clave está a la mano del servidor: ensayo, HSM o sello de la institución."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import cms

from .certificados import numero_de_certificado, titular_de
from .errores import FirmaRechazada
from .firmantes import Firmante, revisar_firma
from .pades import Certificador, incorporar, preparar
from .sellos import leer_sello
from .servicios import Evidencia, Servicios
from .validacion import validar


@dataclass(frozen=True, slots=True)
class FirmaHecha:
    """La constancia de una firma: lo que se guarda con la certificación. Certificado, OCSP y sello en DER.

    `sello_digital` es la firma misma en base64, como se acostumbra imprimirla.
    """

    sha256: str
    certificado: bytes
    numero_de_certificado: str
    titular: str
    ocsp: bytes
    sello_de_tiempo: bytes
    momento: datetime
    sello_digital: str


def huella_de(ruta: Path) -> str:
    """SHA-256 del archivo, en hexadecimal."""
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "sha256").hexdigest()


def constancia(ruta: Path, evidencia: Evidencia, contenido: cms.ContentInfo) -> FirmaHecha:
    """Los datos de una firma ya puesta en el archivo."""
    firmante = contenido["content"]["signer_infos"][0]
    sello = firmante["unsigned_attrs"][0]["values"][0]
    return FirmaHecha(
        huella_de(ruta),
        bytes(evidencia.certificado.dump()),
        numero_de_certificado(evidencia.certificado),
        titular_de(evidencia.certificado).nombre,
        bytes(evidencia.respuesta.dump()),
        bytes(sello.dump()),
        leer_sello(sello).momento,
        base64.b64encode(firmante["signature"].native).decode("ascii"),
    )


def entregar(trabajo: Path, salida: Path, servicios: Servicios) -> None:
    """Pone la copia en su lugar si pasa nuestra propia validación; así nunca sale una que después diríamos alterada.

    No la fija en disco: está en una carpeta pasajera, y quien la guarda (el depósito) escribe y fija sus propios bytes.
    """
    dictamen = validar(trabajo, servicios.confianza)
    if not dictamen.valida:
        raise FirmaRechazada("La copia firmada no pasó la validación y no se entrega: " + " ".join(dictamen.motivos))
    trabajo.replace(salida)


def firmar(sin_firma: Path, salida: Path, firmante: Firmante, servicios: Servicios, lugar: str = "") -> FirmaHecha:
    """Deja en `salida` la copia firmada (PAdES B-LT, P=1, una revisión) o no deja nada.

    Lanza `SelloPendiente` si la autoridad de sellos o la de estados no sirve ahora; `CertificadoRechazado`; `FirmaRechazada`.
    """
    trabajo = salida.with_name(f".{salida.name}.firmando")
    try:
        evidencia = servicios.comprobar(firmante.certificado)
        quien = Certificador(firmante.certificado, firmante.leyenda, lugar)
        preparada = preparar(sin_firma, trabajo, quien, evidencia, servicios)
        firma = firmante.firmar(preparada.atributos)
        revisar_firma(firmante.certificado, firma, preparada.atributos)
        contenido = incorporar(trabajo, preparada, evidencia, firma, servicios)
        hecha = constancia(trabajo, evidencia, contenido)
        entregar(trabajo, salida, servicios)
    finally:
        trabajo.unlink(missing_ok=True)
    return hecha
