"""La composición de producción: detrás de un servidor HTTPS; `check --deploy` sale limpio."""

from archivo.settings.base import *  # noqa: F403
from archivo.settings import entorno

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = entorno.entero("ACERVO_HSTS_SEGUNDOS", 31536000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_REFERRER_POLICY = "same-origin"
# Trabajar sin correo se admite: lo dice tareas.I001, con su remedio.
SILENCED_SYSTEM_CHECKS = ["mail.W001"]
