"""Servir el archivo: los tres hijos del supervisor y el aviso de que la página ya contesta."""

import http.client
import os
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import get_commands

from archivo.operacion.procesos import Hijo
from archivo.operacion.supervisor import Supervisor

PUERTO = 8000
ORDENES_DE_FONDO = ("trabajador", "indizador")
TODAS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


def puerto_pedido() -> str:
    """El puerto de la variable PUERTO, u 8000."""
    return os.environ.get("PUERTO") or str(PUERTO)


def direccion(anfitrion: str, puerto: int) -> str:
    """La dirección que una persona abre en su navegador."""
    visible = TODAS.get(anfitrion, anfitrion)
    return f"http://{f'[{visible}]' if ':' in visible else visible}:{puerto}/"


def contesta(anfitrion: str, puerto: int) -> bool:
    """¿Responde la página de salud que todo está listo?"""
    conexion = http.client.HTTPConnection(TODAS.get(anfitrion, anfitrion), puerto, timeout=5)
    try:
        # La composición de producción sólo contesta por HTTPS: la sonda llega como llegaría detrás de su servidor.
        conexion.request("GET", "/salud/lista", headers={"X-Forwarded-Proto": "https"})
        return conexion.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        conexion.close()


def hijos(anfitrion: str, puerto: int) -> list[Hijo]:
    """La web, el trabajador y el indizador."""
    ambiente = {"ACERVO_URL": os.environ.get("ACERVO_URL") or direccion(anfitrion, puerto).rstrip("/")}
    if anfitrion not in TODAS:
        ambiente["ACERVO_ANFITRIONES"] = ",".join(dict.fromkeys([*settings.ALLOWED_HOSTS, anfitrion]))
    fondo = [Hijo(orden, [orden], ambiente) for orden in ORDENES_DE_FONDO if orden in get_commands()]
    return [Hijo("web", ["web", anfitrion, str(puerto)], ambiente), *fondo]


class _AvisoUnico:
    """Llama a `al_contestar` la primera vez que la página contesta."""

    def __init__(self, anfitrion: str, puerto: int, al_contestar: Callable[[], Any]) -> None:
        self.donde = (anfitrion, puerto)
        self.al_contestar = al_contestar
        self.avisado = False

    def __call__(self) -> None:
        if not self.avisado and contesta(*self.donde):
            self.avisado = True
            self.al_contestar()


def servir(anfitrion: str, puerto: int, avisar: Callable[[str], None], al_contestar: Callable[[], Any]) -> None:
    """Sirve hasta que se le pida terminar. `al_contestar` se llama una vez, cuando la página ya responde."""
    supervisor = Supervisor(hijos(anfitrion, puerto), avisar)
    supervisor.escuchar_senales()
    supervisor.correr(_AvisoUnico(anfitrion, puerto, al_contestar))
