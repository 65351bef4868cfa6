"""Lo que una firma necesita de fuera: sellos de tiempo, estado de certificados y en quién confiar."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from asn1crypto import ocsp, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError
from pyhanko_certvalidator.errors import ValidationError as ErrorDeCadena
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from .asincrono import esperar
from .confianza import Confianza
from .errores import SelloPendiente
from .estados import ClienteDeEstados
from .sellos import ClienteDeSellos

#: Segundos que se reutilizan las listas y respuestas bajadas para el certificado de la autoridad de sellos.
_DURAN = 3600


@dataclass
class Servicios:
    """Las autoridades con que se firma. Una por proceso: guarda lo que ya se preguntó sobre la autoridad de sellos.

    `buscar` permite bajar las listas que anuncia el certificado de la autoridad de sellos (nunca las del firmante).
    """

    sellos: ClienteDeSellos
    estados: ClienteDeEstados
    confianza: Confianza
    buscar: bool = False
    espera: float = 10
    _bajadas: tuple[float, Confianza, list[Any]] | None = field(default=None, repr=False)

    def comprobar(self, certificado: x509.Certificate) -> "Evidencia":
        """Cadena, vigencia y estado del certificado, ahora. Lanza `CertificadoRechazado` o `SelloPendiente`."""
        cadena = self.confianza.cadena(certificado, datetime.now(UTC))
        certificados = list(cadena.iter_certs(include_root=True))
        emisor = next(c for c in certificados if c.subject == certificado.issuer and c is not certificado)
        respuesta = self.estados.consultar(certificado, emisor)
        self.confianza.exigir_estado(certificado, respuesta)
        cadena_ajena = tuple(c for c in certificados if c is not certificado)
        return Evidencia(certificado, cadena_ajena, respuesta, datetime.now(UTC).replace(microsecond=0))

    def contexto_de_firma(self, respuesta: ocsp.OCSPResponse) -> ValidationContext:
        """Contexto con que pyHanko comprueba al firmante y a la autoridad de sellos, y de donde llena el DSS."""
        confianza, respuestas = self._de_la_autoridad_de_sellos()
        return confianza.contexto([respuesta, *respuestas])

    def _de_la_autoridad_de_sellos(self) -> tuple[Confianza, list[Any]]:
        if not self.buscar:
            return self.confianza, []
        if self._bajadas is None or time.monotonic() - self._bajadas[0] > _DURAN:
            self._bajadas = (time.monotonic(), *self._bajar())
        return self._bajadas[1], self._bajadas[2]

    def _bajar(self) -> tuple[Confianza, list[Any]]:
        """Comprueba al certificado de la autoridad con red; se queda con las listas y respuestas que sirvieron."""
        red = RequestsFetcherBackend(per_request_timeout=int(self.espera))
        contexto = self.confianza.contexto(allow_fetching=True, fetcher_backend=red)
        sello = self.sellos.sellar(bytes(32))
        certificado = next(iter(self.sellos.certificados_de(sello)))
        validador = CertificateValidator(certificado, [*self.sellos.cert_registry], validation_context=contexto)
        try:
            esperar(validador.async_validate_usage(set(), {"time_stamping"}))
        except (ErrorDeCadena, PathError, ValueError, OSError) as error:
            raise SelloPendiente(f"No se pudo comprobar a la autoridad de sellos de tiempo: {error}. Se reintentará.") from error
        return self.confianza.con_listas(contexto.crls), list(contexto.ocsps)


@dataclass(frozen=True, slots=True)
class Evidencia:
    """Lo que probó que un certificado podía firmar: la cadena que lo emitió (raíz incluida), la respuesta OCSP y cuándo fue."""

    certificado: x509.Certificate
    cadena: tuple[x509.Certificate, ...]
    respuesta: ocsp.OCSPResponse
    momento: datetime
