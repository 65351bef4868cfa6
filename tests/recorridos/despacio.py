"""Recorridos en una máquina lenta: `--despacio` atrasa al navegador y al servidor, y el que no espera lo que mira reprueba."""

import time
from typing import Any

import pytest
from django.core.signals import request_started
from playwright.sync_api import Browser, BrowserContext, Page

VECES = 6
"""Cuántas veces más lento va el guión de cada página."""
TARDA = 0.4
"""Segundos que el servidor se guarda cada petición que no es de lo estático."""


def frenar(navegador: Browser) -> None:
    """Toda página que se abra en él, en cualquiera de sus contextos, va despacio."""
    nuevo = navegador.new_context

    def contexto(**opciones: Any) -> BrowserContext:
        hecho = nuevo(**opciones)
        pagina_nueva = hecho.new_page

        def pagina() -> Page:
            abierta = pagina_nueva()
            hecho.new_cdp_session(abierta).send("Emulation.setCPUThrottlingRate", {"rate": VECES})
            return abierta

        hecho.new_page = pagina  # type: ignore[method-assign]
        return hecho

    navegador.new_context = contexto  # type: ignore[method-assign, assignment]


def _tardar(environ: dict[str, Any] | None = None, **_: Any) -> None:
    if environ and not environ.get("PATH_INFO", "").startswith("/static/"):
        time.sleep(TARDA)


@pytest.fixture(scope="session")
def despacio(request: pytest.FixtureRequest) -> Any:
    """¿Se pidió ir despacio? El servidor empieza a tardar con la primera página."""
    if not request.config.getoption("--despacio", default=False):
        yield False
        return
    request_started.connect(_tardar)
    yield True
    request_started.disconnect(_tardar)
