"""Entradas, salidas, intentos fallidos y cambios de permisos, en la bitácora (OWASP ASVS 16.3.1 y 16.3.2)."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from archivo.auditoria.models import Resultado
from archivo.auditoria.servicios import SucesoNuevo, registrar
from archivo.identidad.puerta import Usuario, permiso_cambiado, permiso_negado


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


def _de_permiso(clase: str, usuario: Usuario | None, resultado: str, **kwargs: Any) -> None:
    actor, motivo, detalle = kwargs["actor"], kwargs["motivo"], kwargs["detalle"]
    quien = {"persona": str(usuario)} if usuario else {}
    registrar(
        SucesoNuevo(
            clase=clase, objeto=f"persona:{usuario.pk if usuario else ''}", actor=actor, motivo=motivo, detalle=detalle | quien,
            resultado=resultado,
        )
    )  # fmt: skip


@receiver(permiso_cambiado, dispatch_uid="auditoria_permiso_cambiado")
def permiso(sender: Any, clase: str, usuario: Usuario, **kwargs: Any) -> None:
    """Cambió lo que alguien puede hacer."""
    _de_permiso(clase, usuario, Resultado.HECHO, **kwargs)


@receiver(permiso_negado, dispatch_uid="auditoria_permiso_negado")
def permiso_que_no_procedio(sender: Any, clase: str, usuario: Usuario | None, **kwargs: Any) -> None:
    """Alguien quiso cambiar un permiso y no procedía."""
    _de_permiso(clase, usuario, Resultado.RECHAZADO, **kwargs)
