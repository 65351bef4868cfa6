"""Freno a quien prueba contraseñas: por cuenta y por dirección, en la memoria compartida de los procesos."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from archivo.identidad.cuentas_de_fallas import contar, cuentas_de, olvidar_cuenta

INTENTOS = 8
VENTANA = 15 * 60


def _llaves(nombre: str, request: HttpRequest | None) -> list[str]:
    direccion = request.META.get("REMOTE_ADDR", "") if request else ""
    return [f"intentos:cuenta:{nombre.lower()[:150]}", *([f"intentos:ip:{direccion}"] if direccion else [])]


def frenado(nombre: str, request: HttpRequest | None) -> bool:
    """¿Ya falló demasiadas veces en los últimos quince minutos? La dirección aguanta cinco veces más que la cuenta."""
    cuenta, *direccion = _llaves(nombre, request)
    return cuentas_de([cuenta])[0] >= INTENTOS or any(n >= INTENTOS * 5 for n in cuentas_de(direccion))


def anotar_falla(nombre: str, request: HttpRequest | None) -> None:
    """Cuenta un intento fallido."""
    for llave in _llaves(nombre, request):
        contar(llave, VENTANA)


@receiver(user_logged_in, dispatch_uid="identidad_olvidar_intentos")
def olvidar(sender: object, request: HttpRequest | None, user: object, **kwargs: object) -> None:
    """Quien entra empieza de cero."""
    olvidar_cuenta(_llaves(str(getattr(user, "username", "")), request)[0])
