"""Entradas, salidas e intentos fallidos de la oficina, en la bitácora (OWASP ASVS 16.3.1)."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from archivo.auditoria.servicios import SucesoNuevo, registrar


def _ip(request: HttpRequest | None) -> str | None:
    return (request.META.get("REMOTE_ADDR") or None) if request else None


@receiver(user_logged_in, dispatch_uid="auditoria_entro")
def entro(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Alguien entró."""
    registrar(SucesoNuevo(clase="persona.entro", objeto=f"persona:{user.pk}", actor=user, ip=_ip(request)))


@receiver(user_logged_out, dispatch_uid="auditoria_salio")
def salio(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """Alguien salió."""
    if user is not None:
        registrar(SucesoNuevo(clase="persona.salio", objeto=f"persona:{user.pk}", actor=user, ip=_ip(request)))


@receiver(user_login_failed, dispatch_uid="auditoria_no_entro")
def no_entro(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Alguien no pudo entrar. Se guarda el nombre escrito, nunca la contraseña."""
    nombre = str(credentials.get("username", ""))[:150].replace("\x00", "")
    registrar(
        SucesoNuevo(
            clase="persona.entro",
            objeto="persona:",
            actor=None,
            ip=_ip(request),
            resultado="rechazado",
            detalle={"nombre": nombre},
        )
    )
