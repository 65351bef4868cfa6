"""Un correo que puede mandarse dos veces sin que lleguen dos, y que si no sale dice por qué."""

from collections.abc import Mapping
from email.message import EmailMessage as MensajeMime
from email.policy import default
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, InvalidMailer, MailerDoesNotExist

LARGO_DE_RAZON = 300
LARGO_DE_CABECERA = 990


class CorreoNoSalio(Exception):
    """El servidor no lo tomó, o nadie lo configuró. Su mensaje es una frase para quien atiende, sin la dirección de quien lo recibe."""


class _Carta(EmailMessage):
    """Un correo cuyas cabeceras de dirección se leen tal cual: `email` partiría y codificaría una larga, y nadie la entendería."""

    def message(self, *, policy: Any = default) -> MensajeMime:
        """El mensaje; el cuerpo, en renglones cortos, y cada cabecera en uno de hasta lo que admite un servidor (RFC 5322, 2.1.1)."""
        mensaje = super().message(policy=policy)
        mensaje.policy = policy.clone(max_line_length=LARGO_DE_CABECERA)
        return mensaje


def carta(asunto: str, cuerpo: str, para: str, *, marca: str, cabeceras: Mapping[str, str] | None = None) -> EmailMessage:
    """Un correo de texto llano. `marca` no cambia de un intento a otro: de ella sale el `Message-ID` (RFC 5322) con que se juntan.

    Va como automático (RFC 3834), para que nadie conteste solo.
    """
    mensaje = _Carta(asunto, cuerpo, to=[para])
    casa = mensaje.from_email.rpartition("@")[2].rstrip(">")
    mensaje.extra_headers = {"Message-ID": f"<{marca}@{casa}>", "Auto-Submitted": "auto-generated", **(cabeceras or {})}
    return mensaje


def mandar_correo(mensaje: EmailMessage) -> None:
    """Lo entrega al servidor de correo. Insistir, y cuánto después, lo decide quien llama.

    Raises:
        CorreoNoSalio: no salió.
    """
    try:
        mensaje.send()
    except MailerDoesNotExist as error:
        raise CorreoNoSalio("No hay servidor de correo: quien administra debe escribirlo en ACERVO_CORREO.") from error
    except (OSError, ImproperlyConfigured, InvalidMailer) as error:
        razon = f"El servidor de correo no lo tomó: {error}"
        for direccion in mensaje.recipients():
            razon = razon.replace(direccion, "la dirección")
        raise CorreoNoSalio(razon[:LARGO_DE_RAZON]) from error
