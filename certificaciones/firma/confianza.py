"""En quién se confía: las raíces, las autoridades intermedias y las listas de revocación que se tienen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto import crl, ocsp, pem, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import ExpiredError, InsufficientRevinfoError, NotYetValidError, PathError, RevokedError
from pyhanko_certvalidator.errors import ValidationError as ErrorDeCadena
from pyhanko_certvalidator.path import ValidationPath

from .asincrono import esperar
from .certificados import leer_certificado, revisar_vigencia
from .errores import CertificadoRechazado, FirmaSinConfigurar, SelloPendiente

CARPETAS = ("raices", "sellos", "intermedias", "listas")


@dataclass(frozen=True, slots=True)
class Confianza:
    """Certificados y listas dados por buenos. `sellos` son las raíces de los sellos de tiempo; vacía, las mismas `raices`."""

    raices: tuple[x509.Certificate, ...]
    intermedias: tuple[x509.Certificate, ...] = ()
    sellos: tuple[x509.Certificate, ...] = ()
    listas: tuple[crl.CertificateList, ...] = ()

    def unir(self, otra: "Confianza") -> "Confianza":
        """Lo de las dos: la confianza de la institución y la de los ensayos, para validar cualquiera."""
        return Confianza(
            self.raices + otra.raices,
            self.intermedias + otra.intermedias,
            self.raices_de_sellos + otra.raices_de_sellos,
            self.listas + otra.listas,
        )

    @property
    def raices_de_sellos(self) -> tuple[x509.Certificate, ...]:
        """Las raíces en que debe terminar un sello de tiempo."""
        return self.sellos or self.raices

    def para_sellos(self) -> "Confianza":
        """La misma, sólo con las raíces de los sellos de tiempo."""
        return replace(self, raices=self.raices_de_sellos, sellos=())

    def para_firmantes(self) -> "Confianza":
        """La misma, sólo con las raíces de quienes firman."""
        return replace(self, sellos=())

    @property
    def certificados(self) -> tuple[x509.Certificate, ...]:
        """Todos los certificados que se tienen."""
        return self.raices + self.sellos + self.intermedias

    def con_listas(self, listas: Iterable[crl.CertificateList]) -> "Confianza":
        """La misma, con más listas de revocación."""
        return replace(self, listas=(*self.listas, *listas))

    def contexto(self, ocsps: Sequence[ocsp.OCSPResponse] = (), **otros: Any) -> ValidationContext:
        """Contexto de validación sin red en que el estado de cada certificado es obligatorio."""
        opciones: dict[str, Any] = {"revocation_mode": "require", "allow_fetching": False} | otros
        return ValidationContext(
            trust_roots=[*self.raices, *self.sellos],
            other_certs=list(self.intermedias),
            crls=list(self.listas),
            ocsps=list(ocsps),
            **opciones,
        )

    def cadena(self, certificado: x509.Certificate, ahora: datetime) -> ValidationPath:
        """La cadena hasta una raíz de confianza, sin mirar todavía su estado. Lanza `CertificadoRechazado`."""
        revisar_vigencia(certificado, ahora)
        contexto = replace(self.para_firmantes(), listas=()).contexto(revocation_mode="soft-fail")
        try:
            return esperar(CertificateValidator(certificado, validation_context=contexto).async_validate_path())
        except (ErrorDeCadena, PathError, ValueError) as error:
            raise CertificadoRechazado(
                "El certificado no fue emitido por una autoridad de confianza de esta instalación. Si es una e.firma vigente,"
                " el administrador debe actualizar la carpeta de anclas (docs/firma.md)."
            ) from error

    def exigir_estado(self, certificado: x509.Certificate, respuesta: ocsp.OCSPResponse) -> None:
        """Que la respuesta OCSP, bien firmada, diga que el certificado sirve."""
        contexto = self.para_firmantes().contexto([respuesta])
        try:
            esperar(CertificateValidator(certificado, validation_context=contexto).async_validate_path())
        except RevokedError as error:
            raise CertificadoRechazado("El certificado está revocado. Tramite otro con la autoridad que lo emitió.") from error
        except (ExpiredError, NotYetValidError) as error:
            raise CertificadoRechazado("El certificado, o el de quien lo emitió, no está vigente.") from error
        except InsufficientRevinfoError as error:
            raise SelloPendiente(
                f"No se pudo comprobar que el certificado siga vigente ({error}). Vuelva a intentarlo más tarde."
            ) from error
        except (ErrorDeCadena, PathError, ValueError) as error:
            raise CertificadoRechazado(f"El certificado no pasó la comprobación de su cadena: {error}") from error


def _leer_lista(archivo: Path) -> crl.CertificateList:
    contenido = archivo.read_bytes()
    return crl.CertificateList.load(pem.unarmor(contenido)[2] if pem.detect(contenido) else contenido, strict=True)


def _archivos(carpeta: Path) -> list[Path]:
    return sorted(a for a in carpeta.iterdir() if a.is_file() and not a.name.startswith(".")) if carpeta.is_dir() else []


def confianza_de_carpeta(carpeta: Path) -> Confianza:
    """Lo que hay en `raices/`, `sellos/`, `intermedias/` (certificados DER o PEM) y `listas/` (CRL). Falta o ilegible: lo dice."""
    leidos: dict[str, tuple[Any, ...]] = {}
    for nombre in CARPETAS:
        try:
            leidos[nombre] = tuple(
                _leer_lista(archivo) if nombre == "listas" else leer_certificado(archivo.read_bytes())
                for archivo in _archivos(carpeta / nombre)
            )
        except (CertificadoRechazado, ValueError, OSError) as error:
            raise FirmaSinConfigurar(f"Un archivo de {carpeta / nombre} no se puede leer: {error}") from error
    return Confianza(**leidos)
