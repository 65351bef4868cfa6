"""La PKI de ensayo: una raíz, una emisora, sellos y estados, todo SIN VALIDEZ y sin red.

Sus claves se guardan una vez en la carpeta (0600): así una copia de ensayo se puede verificar otro día. Quien las tenga
sólo puede hacer copias de ensayo.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import mkdtemp

from asn1crypto import pem, x509
from cryptography.hazmat.primitives import serialization

from . import emision
from .autoridades_ensayo import AutoridadDeEstados, AutoridadDeSellos
from .certificados import Titular, leer_certificado
from .confianza import Confianza
from .errores import FirmaSinConfigurar
from .estados import ClienteDeEstados
from .firmantes import FirmanteEnMemoria
from .sellos import ClienteDeSellos
from .servicios import Servicios

_ANIOS = 20
#: Nombre → (quién lo emite, extensiones).
_AUTORIDADES = {
    "raiz": ("raiz", emision.de_autoridad()),
    "emisora": ("raiz", emision.de_autoridad()),
    "sellos": ("raiz", emision.de_servicio("time_stamping")),
    "estados": ("emisora", emision.de_servicio("ocsp_signing")),
}
TITULAR_DE_ENSAYO = Titular("MARÍA ÑÚÑEZ DE ENSAYO", "NUEM800101AAA", "NUEM800101MDFXXX01")


@dataclass(frozen=True)
class Identidad:
    """Un certificado con su clave."""

    certificado: x509.Certificate
    clave: emision.Clave


class PkiDeEnsayo:
    """Autoridades de ensayo y quien firma con ellas."""

    def __init__(self, autoridades: dict[str, Identidad], firmante: Identidad) -> None:
        self._autoridades = autoridades
        self._firmante = firmante
        raiz = autoridades["raiz"].certificado
        self.sellos = AutoridadDeSellos(autoridades["sellos"].certificado, autoridades["sellos"].clave, raiz)
        self.estados = AutoridadDeEstados(autoridades["estados"].certificado, autoridades["estados"].clave)

    @cached_property
    def confianza(self) -> Confianza:
        """La raíz y la emisora de ensayo, con la lista de revocación de la raíz."""
        raiz, emisora = self._autoridades["raiz"], self._autoridades["emisora"].certificado
        ahora = datetime.now(UTC).replace(microsecond=0)
        lista = emision.lista_vacia(
            (raiz.certificado.subject, raiz.clave), ahora - timedelta(hours=1), ahora + timedelta(days=365)
        )
        return Confianza((raiz.certificado,), (emisora,), (), (lista,))

    def servicios(self) -> Servicios:
        """Sellos y estados dentro del proceso."""
        return Servicios(ClienteDeSellos(self.sellos.responder), ClienteDeEstados(self.estados.responder), self.confianza)

    def firmante(self, identidad: Identidad | None = None) -> FirmanteEnMemoria:
        """La persona de ensayo, u otra de las emitidas."""
        quien = identidad or self._firmante
        return FirmanteEnMemoria(quien.certificado, quien.clave, "Firma electrónica de ensayo de")

    def emitir(self, titular: Titular, dias: int = 1460, usos: tuple[str, ...] = ()) -> Identidad:
        """Una e.firma de ensayo con la forma de las del SAT; `dias` negativos, ya vencida."""
        emisora, clave = self._autoridades["emisora"], emision.clave_nueva()
        hoy = datetime.now(UTC).replace(microsecond=0)
        cuando = {"desde": hoy - timedelta(days=3650 if dias < 0 else 1), "hasta": hoy + timedelta(days=dias)}
        certificado = emision.certificar(
            emision.nombre_como_el_sat(titular),
            emision.publica(clave),
            (emisora.certificado.subject, emisora.clave),
            cuando,
            emision.de_efirma(usos),
        )
        return Identidad(certificado, clave)


def _crear_autoridades() -> dict[str, Identidad]:
    hoy = datetime.now(UTC).replace(microsecond=0)
    cuando = {"desde": hoy - timedelta(days=1), "hasta": hoy + timedelta(days=365 * _ANIOS)}
    hechas: dict[str, Identidad] = {}
    for nombre, (emisor, extensiones) in _AUTORIDADES.items():
        clave, sujeto = emision.clave_nueva(), emision.nombre_de_autoridad(nombre.capitalize())
        quien = (hechas[emisor].certificado.subject, hechas[emisor].clave) if emisor in hechas else (sujeto, clave)
        hechas[nombre] = Identidad(emision.certificar(sujeto, emision.publica(clave), quien, cuando, extensiones), clave)
    return hechas


def _guardar(carpeta: Path, nombre: str, identidad: Identidad) -> None:
    clave = identidad.clave.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for extension, contenido in (("key.pem", clave), ("cer.pem", pem.armor("CERTIFICATE", identidad.certificado.dump()))):
        with os.fdopen(os.open(carpeta / f"{nombre}.{extension}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as archivo:
            archivo.write(contenido)


@lru_cache(maxsize=len(_AUTORIDADES) + 1)
def _clave(pem_de_la_clave: bytes) -> object:
    """La clave leída; se recuerda porque comprobar una RSA al leerla cuesta más que firmar con ella."""
    return serialization.load_pem_private_key(pem_de_la_clave, None)


def _cargar(carpeta: Path, nombre: str) -> Identidad:
    clave = _clave((carpeta / f"{nombre}.key.pem").read_bytes())
    if not isinstance(clave, emision.Clave):
        raise FirmaSinConfigurar(f"La clave {nombre}.key.pem de {carpeta} no es RSA. Borre la carpeta y se hará otra.")
    return Identidad(leer_certificado((carpeta / f"{nombre}.cer.pem").read_bytes()), clave)


@contextmanager
def _en_turno(carpeta: Path) -> Iterator[None]:
    carpeta.mkdir(parents=True, exist_ok=True)
    with (carpeta / ".turno").open("w") as candado:
        fcntl.flock(candado, fcntl.LOCK_EX)
        yield


def _hacer(carpeta: Path, lista: Path) -> None:
    """La PKI, completa o nada: se escribe aparte y se renombra."""
    obra = Path(mkdtemp(prefix=".obra-", dir=carpeta))
    autoridades = _crear_autoridades()
    pki = PkiDeEnsayo(autoridades, autoridades["raiz"])
    for nombre, identidad in (autoridades | {"firmante": pki.emitir(TITULAR_DE_ENSAYO, 365 * _ANIOS)}).items():
        _guardar(obra, nombre, identidad)
    obra.rename(lista)


def pki_de_ensayo(carpeta: Path) -> PkiDeEnsayo:
    """La PKI guardada en la carpeta; se hace la primera vez (un segundo). Vale veinte años."""
    lista = carpeta / "pki"
    with _en_turno(carpeta):
        if not lista.exists():
            _hacer(carpeta, lista)
    try:
        leidas = {nombre: _cargar(lista, nombre) for nombre in (*_AUTORIDADES, "firmante")}
    except (OSError, ValueError) as error:
        raise FirmaSinConfigurar(
            f"La PKI de ensayo de {lista} está incompleta ({error}). Borre la carpeta y se hará otra."
        ) from error
    return PkiDeEnsayo(leidas, leidas.pop("firmante"))
