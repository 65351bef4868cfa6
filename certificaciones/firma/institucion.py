"""El sello de la institución: un archivo PKCS#12 cuya contraseña sólo está en el entorno del proceso."""

import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings

from .certificados import leer_certificado
from .errores import FirmaSinConfigurar
from .firmantes import FirmanteEnMemoria

LEYENDA = "Sello electrónico de"


def firmante() -> FirmanteEnMemoria:
    """El sello configurado en `ACERVO_SELLO` y `ACERVO_SELLO_CONTRASENA`. Lanza `FirmaSinConfigurar`."""
    if not settings.ACERVO_SELLO:
        raise FirmaSinConfigurar("Falta el archivo del sello de la institución (ACERVO_SELLO). Vea docs/firma.md.")
    contrasena = os.environ.get("ACERVO_SELLO_CONTRASENA", "").encode() or None
    return leer_sello_de_institucion(Path(settings.ACERVO_SELLO), contrasena)


def leer_sello_de_institucion(ruta: Path, contrasena: bytes | None) -> FirmanteEnMemoria:
    """El firmante de un archivo PKCS#12 (.p12, .pfx)."""
    try:
        clave, certificado, _ = pkcs12.load_key_and_certificates(ruta.read_bytes(), contrasena)
    except (OSError, ValueError) as error:
        raise FirmaSinConfigurar(f"El sello {ruta.name} no se puede abrir ({error}). Revise la ruta y la contraseña.") from error
    if not isinstance(clave, rsa.RSAPrivateKey) or certificado is None:
        raise FirmaSinConfigurar(f"El sello {ruta.name} no trae una clave RSA con su certificado.")
    der = certificado.public_bytes(serialization.Encoding.DER)
    return FirmanteEnMemoria(leer_certificado(der), clave, LEYENDA)
