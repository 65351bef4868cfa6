"""La clave en un dispositivo (HSM, tarjeta o token) por PKCS#11: firma dentro y nunca sale. Necesita python-pkcs11."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pkcs11
from asn1crypto import x509
from django.conf import settings
from pkcs11.constants import ObjectClass
from pkcs11.exceptions import NoSuchKey, NoSuchToken, PKCS11Error
from pkcs11.mechanisms import Mechanism

from .certificados import leer_certificado
from .errores import FirmaSinConfigurar

LEYENDA = "Firmado con clave en dispositivo por"


@dataclass(frozen=True)
class FirmantePkcs11:
    """Una clave del dispositivo. `biblioteca` es el archivo .so del fabricante; `ficha` y `clave`, sus etiquetas."""

    certificado: x509.Certificate
    biblioteca: str
    ficha: str
    clave: str
    pin: str = field(repr=False)
    leyenda: str = LEYENDA

    def firmar(self, datos: bytes) -> bytes:
        """RSA PKCS#1 v1.5 con SHA-256, hecha por el dispositivo."""
        try:
            ficha = pkcs11.lib(self.biblioteca).get_token(token_label=self.ficha)
            with ficha.open(user_pin=self.pin) as sesion:
                clave: Any = sesion.get_key(object_class=ObjectClass.PRIVATE_KEY, label=self.clave)
                return bytes(clave.sign(datos, mechanism=Mechanism.SHA256_RSA_PKCS))
        except (NoSuchToken, NoSuchKey) as error:
            raise FirmaSinConfigurar(
                f"El dispositivo no tiene la ficha «{self.ficha}» o la clave «{self.clave}». Revise que esté conectado."
            ) from error
        except (PKCS11Error, RuntimeError) as error:
            raise FirmaSinConfigurar(
                f"El dispositivo de firma no respondió ({type(error).__name__}). Revise biblioteca y PIN."
            ) from error


def firmante() -> FirmantePkcs11:
    """El dispositivo configurado en `ACERVO_HSM_*`. Lanza `FirmaSinConfigurar`."""
    pin = os.environ.get("ACERVO_HSM_PIN", "")
    datos = (settings.ACERVO_HSM, settings.ACERVO_HSM_FICHA, settings.ACERVO_HSM_CLAVE)
    if not (all(datos) and pin and settings.ACERVO_HSM_CERTIFICADO):
        raise FirmaSinConfigurar(
            "Falta configurar el dispositivo de firma (ACERVO_HSM, _FICHA, _CLAVE, _CERTIFICADO y _PIN). Vea docs/firma.md."
        )
    try:
        certificado = leer_certificado(Path(settings.ACERVO_HSM_CERTIFICADO).read_bytes())
    except OSError as error:
        raise FirmaSinConfigurar(f"No se puede leer {settings.ACERVO_HSM_CERTIFICADO}: {error.strerror}.") from error
    return FirmantePkcs11(certificado, *datos, pin)
