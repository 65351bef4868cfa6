"""Las autoridades y los firmantes que configuró esta institución (`docs/firma.md`)."""

import os
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from typing import cast

from django.conf import settings

from . import estados, sellos
from .confianza import Confianza, confianza_de_carpeta
from .errores import FirmaSinConfigurar
from .estados import ClienteDeEstados
from .firmantes import Firmante
from .sellos import ClienteDeSellos
from .servicios import Servicios
from .transporte import por_http

#: Módulo de cada firmante del servidor; se importa al usarlo porque pkcs11 necesita una biblioteca que no todos instalan.
_FIRMANTES = {"sello": "certificaciones.firma.institucion", "pkcs11": "certificaciones.firma.pkcs11"}


def carpeta_de_anclas() -> Path:
    """Dónde están las autoridades de confianza: `ACERVO_ANCLAS`, o `anclas` en la carpeta de datos."""
    return Path(settings.ACERVO_ANCLAS or Path(settings.ACERVO_DATOS) / "anclas")


def confianza_de_la_casa() -> Confianza:
    """Las autoridades de confianza de la institución; vacía si no hay ninguna."""
    return confianza_de_carpeta(carpeta_de_anclas())


@cache
def _sellos(url: str, usuario: str, contrasena: str, espera: int) -> ClienteDeSellos:
    credenciales = (usuario, contrasena) if usuario else None
    return ClienteDeSellos(por_http(url, sellos.TIPO_DE_PETICION, espera, credenciales))


def sellos_de_la_casa() -> ClienteDeSellos | None:
    """La autoridad de sellos de tiempo configurada, o nada."""
    if not settings.ACERVO_TSA:
        return None
    contrasena = os.environ.get("ACERVO_TSA_CONTRASENA", "")
    return _sellos(settings.ACERVO_TSA, settings.ACERVO_TSA_USUARIO, contrasena, settings.ACERVO_ESPERA_DE_FIRMA)


def _faltante(ajuste: str, que: str) -> FirmaSinConfigurar:
    return FirmaSinConfigurar(f"Falta configurar {que} ({ajuste}). Lo hace el administrador; vea docs/firma.md.")


def servicios_de_la_casa() -> Servicios:
    """Sellos, estados y confianza con que firma la institución. Lanza `FirmaSinConfigurar` y dice qué falta.

    Son los mismos mientras no cambien los ajustes ni las anclas: recuerdan lo que ya se bajó de la autoridad de sellos.
    """
    tsa = sellos_de_la_casa()
    if tsa is None:
        raise _faltante("ACERVO_TSA", "la autoridad de sellos de tiempo")
    if not settings.ACERVO_OCSP:
        raise _faltante("ACERVO_OCSP", "la dirección que da el estado de los certificados")
    archivos = tuple((str(a), a.stat().st_mtime_ns) for a in sorted(carpeta_de_anclas().rglob("*")))
    servicios = _servicios(tsa, settings.ACERVO_OCSP, settings.ACERVO_ESPERA_DE_FIRMA, carpeta_de_anclas(), archivos)
    if not servicios.confianza.raices:
        raise _faltante(str(carpeta_de_anclas() / "raices"), "la carpeta de autoridades de confianza")
    return servicios


@lru_cache(maxsize=2)
def _servicios(tsa: ClienteDeSellos, ocsp: str, espera: int, anclas: Path, archivos: tuple[tuple[str, int], ...]) -> Servicios:
    pregunta = ClienteDeEstados(por_http(ocsp, estados.TIPO_DE_PETICION, espera))
    return Servicios(tsa, pregunta, confianza_de_carpeta(anclas), buscar=True, espera=espera)


def firmante_de_la_casa(modo: str) -> Firmante:
    """El firmante del servidor: `sello` (PKCS#12 de la institución) o `pkcs11` (HSM). Lanza `FirmaSinConfigurar`."""
    try:
        modulo = import_module(_FIRMANTES[modo])
    except KeyError as error:
        raise FirmaSinConfigurar(f"«{modo}» no es un modo de firma del servidor.") from error
    except ImportError as error:
        raise FirmaSinConfigurar(
            "Falta la biblioteca python-pkcs11, que va con los requisitos de producción: instálela y vuelva a arrancar."
        ) from error
    return cast("Firmante", modulo.firmante())
