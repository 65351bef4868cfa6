"""La composición embebida: la de `make demo` y la de quien desarrolla."""

from archivo.settings.base import *  # noqa: F403
from archivo.settings import entorno

DEBUG = entorno.booleano("ACERVO_DEPURAR")
SESSION_COOKIE_HTTPONLY = True
MAILERS = entorno.correo("ACERVO_CORREO") or {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
