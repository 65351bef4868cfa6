"""El servidor web embebido: granian con procesos de Django."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian import Granian
from granian.constants import Interfaces
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from archivo.operacion.procesos import vigilar_padre

PROCESOS = 2
HILOS = 2
COLA = 256


def aplicacion() -> Any:
    """La aplicación de cada proceso web, que termina si muere el servidor que lo creó."""
    vigilar_padre(lambda: os._exit(0))
    return tras_intermediarios(get_wsgi_application())


def tras_intermediarios(aplicacion: Any) -> Any:
    """De lo que llega por un intermediario de confianza, la dirección es la de quien pide: de ella dependen los frenos y la bitácora.

    A nadie más se le cree `X-Forwarded-For`.
    """
    de_confianza = settings.ACERVO_INTERMEDIARIOS
    return wrap_wsgi_with_proxy_headers(aplicacion, de_confianza) if de_confianza else aplicacion


def servir_web(anfitrion: str, puerto: int) -> None:
    """Atiende hasta SIGTERM: deja de aceptar, termina lo que tiene y sale."""
    Granian(
        "archivo.operacion.web:aplicacion",
        address=anfitrion,
        port=puerto,
        interface=Interfaces.WSGI,
        workers=int(os.environ.get("ACERVO_PROCESOS_WEB") or PROCESOS),
        blocking_threads=HILOS,
        backlog=1024,
        backpressure=COLA,
        websockets=False,
        factory=True,
        respawn_failed_workers=True,
        workers_kill_timeout=8,
        log_enabled=False,
    ).serve()
