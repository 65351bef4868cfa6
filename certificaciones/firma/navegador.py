"""Firmar con una clave que está en el navegador: dos peticiones, y la clave nunca llega aquí.

`pedir` deja el documento listo y dice qué bytes firmar; `completar` comprueba lo que llega y lo pone en su hueco. Entre las
dos, el estado es JSON y un archivo de trabajo que sólo sirve una vez y diez minutos.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from asn1crypto import cms, x509

from .certificados import Titular, leer_certificado, revisar_efirma
from .copia_firmada import FirmaHecha, constancia, entregar, huella_de
from .errores import FirmaRechazada, PeticionVencida
from .firmantes import revisar_firma
from .pades import Certificador, Preparada, incorporar, preparar
from .servicios import Servicios

DURA = timedelta(minutes=10)
LEYENDA = "Firmado con e.firma por"
_VENCIDA = "La petición de firma venció o ya se usó. Abra la certificación y pida otra."


@dataclass(frozen=True, slots=True)
class PeticionDeFirma:
    """Lo que se espera del navegador. `atributos` (DER) es lo único que se firma; `huella`, el SHA-256 de la copia sin firma."""

    trabajo: Path
    certificado: bytes
    huella: str
    largo: int
    preparada: Preparada
    hecha: datetime

    @property
    def atributos(self) -> bytes:
        """Los bytes que firma la clave: unos 250."""
        return self.preparada.atributos

    def estado(self) -> dict[str, Any]:
        """La petición como JSON, para guardarla entre las dos llamadas. No lleva ningún secreto."""
        return {
            "trabajo": str(self.trabajo),
            "certificado": self.certificado.hex(),
            "huella": self.huella,
            "largo": self.largo,
            "resumen": self.preparada.huella.hex(),
            "hueco": [self.preparada.inicio, self.preparada.fin],
            "atributos": self.preparada.atributos.hex(),
            "hecha": self.hecha.isoformat(),
        }

    @classmethod
    def de_estado(cls, estado: Mapping[str, Any]) -> "PeticionDeFirma":
        """La petición guardada."""
        inicio, fin = estado["hueco"]
        preparada = Preparada(bytes.fromhex(estado["resumen"]), inicio, fin, bytes.fromhex(estado["atributos"]))
        certificado, hecha = bytes.fromhex(estado["certificado"]), datetime.fromisoformat(estado["hecha"])
        return cls(Path(estado["trabajo"]), certificado, estado["huella"], estado["largo"], preparada, hecha)


def pedir(
    sin_firma: Path, trabajo: Path, certificado: x509.Certificate, servicios: Servicios, esperado: Titular | None = None
) -> PeticionDeFirma:
    """Prepara la copia para la e.firma de ese certificado. `esperado` es quien debe firmar, si se conocen su RFC o CURP.

    Lanza `CertificadoRechazado`, `SelloPendiente` o `FirmaRechazada`.
    """
    revisar_efirma(certificado, esperado)
    evidencia = servicios.comprobar(certificado)
    quien = Certificador(certificado, LEYENDA)
    try:
        preparada = preparar(sin_firma, trabajo, quien, evidencia, servicios)
    except BaseException:
        trabajo.unlink(missing_ok=True)
        raise
    hecha = datetime.now(UTC)
    return PeticionDeFirma(trabajo, bytes(certificado.dump()), huella_de(sin_firma), sin_firma.stat().st_size, preparada, hecha)


def _tomar(peticion: PeticionDeFirma) -> Path:
    """El archivo de trabajo, que deja de estar donde otra llamada lo buscaría."""
    tomado = peticion.trabajo.with_name(f".{peticion.trabajo.name}.usada")
    try:
        peticion.trabajo.rename(tomado)
    except FileNotFoundError as error:
        raise PeticionVencida(_VENCIDA) from error
    if datetime.now(UTC) - peticion.hecha > DURA:
        tomado.unlink()
        raise PeticionVencida(_VENCIDA)
    return tomado


def _resumen(archivo: BinaryIO, *tramos: tuple[int, int]) -> bytes:
    """SHA-256 de esos tramos (inicio, fin) del archivo."""
    suma = hashlib.sha256()
    for inicio, fin in tramos:
        archivo.seek(inicio)
        while inicio < fin and (trozo := archivo.read(min(1 << 20, fin - inicio))):
            suma.update(trozo)
            inicio += len(trozo)
    return suma.digest()


def _revisar_trabajo(trabajo: Path, peticion: PeticionDeFirma) -> None:
    """Que el archivo siga siendo el que se revisó: empieza por la copia sin firma y su resumen es el que se va a firmar."""
    preparada = peticion.preparada
    with trabajo.open("rb") as archivo:
        revisada = _resumen(archivo, (0, peticion.largo)).hex()
        resumen = _resumen(archivo, (0, preparada.inicio), (preparada.fin, trabajo.stat().st_size))
    atributos = {a["type"].native: a["values"] for a in cms.CMSAttributes.load(preparada.atributos)}
    firmado = atributos["message_digest"][0].native
    iguales = hmac.compare_digest(resumen, preparada.huella) and hmac.compare_digest(firmado, preparada.huella)
    if not (iguales and hmac.compare_digest(revisada, peticion.huella)):
        raise FirmaRechazada("El documento cambió entre la revisión y la firma. No se firmó; vuelva a pedirla.")


def completar(peticion: PeticionDeFirma, firma: bytes, salida: Path, servicios: Servicios) -> FirmaHecha:
    """Pone la firma del navegador y deja la copia en `salida`, o no deja nada. Una petición sirve una sola vez.

    Lanza `PeticionVencida`, `FirmaRechazada`, `CertificadoRechazado` (revocado desde la petición) o `SelloPendiente`.
    """
    trabajo = _tomar(peticion)
    try:
        certificado = leer_certificado(peticion.certificado)
        _revisar_trabajo(trabajo, peticion)
        revisar_firma(certificado, firma, peticion.atributos)
        evidencia = servicios.comprobar(certificado)
        contenido = incorporar(trabajo, peticion.preparada, evidencia, firma, servicios)
        hecha = constancia(trabajo, evidencia, contenido)
        entregar(trabajo, salida, servicios)
    finally:
        trabajo.unlink(missing_ok=True)
    return hecha
