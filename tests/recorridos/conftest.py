"""Un navegador de verdad contra el producto: Chromium si está; si no, un salto que dice qué falta."""

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.certificaciones.oficina.efirma_de_prueba import carpeta_de_pki, efirma, pki
from tests.recorridos.despacio import despacio, frenar
from tests.servidores.espera import hasta_que

__all__ = ["carpeta_de_pki", "despacio", "efirma", "pki"]

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NORMAS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
AQUI = Path(__file__).parent
expect.set_options(timeout=20_000)  # milisegundos: una máquina ocupada tarda, no falla


def pytest_addoption(parser: pytest.Parser) -> None:
    """La opción con que se buscan los recorridos que no esperan."""
    parser.addoption("--despacio", action="store_true", help="recorridos con el navegador y el servidor lentos")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Todo recorrido lleva la marca «navegador» y usa la base con transacciones: el servidor lee desde otro hilo."""
    for item in items:
        if AQUI in item.path.parents:
            item.add_marker(pytest.mark.navegador)
            item.add_marker(pytest.mark.xdist_group("navegador"))


@pytest.fixture(scope="session")
def chromium(despacio: bool) -> Iterator[Browser]:
    """El navegador, uno por corrida."""
    ruta = next((r for nombre in CHROMIUM if (r := shutil.which(nombre))), None)
    if ruta is None:
        pytest.skip("Falta Chromium: instale el paquete «chromium» del sistema para correr los recorridos.")
    antes = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright deja un bucle de eventos en este hilo
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=ruta, args=["--no-sandbox", "--disable-dev-shm-usage"])
        if despacio:
            frenar(navegador)
        yield navegador
        navegador.close()
    if antes is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Porton:
    """Lo que el servidor de los recorridos atiende: sólo mientras corre uno.

    Una página que se cierra avisa que dejó de editar. Ese aviso puede llegar con la base ya vaciada, y atenderlo dejaría recordado un
    tipo que no existe: a quien llega con el portón cerrado se le corta, como si el navegador ya no estuviera.
    """

    def __init__(self, puerto: str) -> None:
        self._puerto, self._turno, self._abierto, self._adentro = puerto, threading.Lock(), False, set[int]()

    def entra(self, environ: dict[str, Any] | None = None, **_: Any) -> None:
        """Con cada petición que empieza; las de otros servidores pasan."""
        if environ is None or environ.get("SERVER_PORT") != self._puerto:
            return
        with self._turno:
            if not self._abierto:
                raise ConnectionAbortedError("El recorrido que la pidió ya terminó.")
            self._adentro.add(threading.get_ident())

    def sale(self, **_: Any) -> None:
        """Con cada una que termina."""
        self._adentro.discard(threading.get_ident())

    def abrir(self) -> None:
        """Empieza un recorrido."""
        self._abierto = True

    def cerrar(self) -> None:
        """Termina: nadie más entra, y se espera a lo que ya estaba adentro."""
        with self._turno:
            self._abierto = False
        hasta_que(lambda: not self._adentro, 30, "que el servidor conteste lo último")


@pytest.fixture(scope="session")
def porton(live_server: Any) -> Iterator[Porton]:
    """El portón del servidor, uno por corrida."""
    porton = Porton(live_server.url.rpartition(":")[2])
    request_started.connect(porton.entra)
    request_finished.connect(porton.sale)
    yield porton
    request_started.disconnect(porton.entra)
    request_finished.disconnect(porton.sale)


@pytest.fixture(autouse=True)
def servidor_abierto(request: pytest.FixtureRequest) -> Iterator[None]:
    """Se abre antes que las ventanas y se cierra después de ellas y antes de vaciar la base.

    Los tipos se recuerdan todos antes del vaciado: al reponer los datos, Wagtail crearía con otra clave los que no halle.
    """
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    porton = request.getfixturevalue("porton")
    porton.abrir()
    yield
    porton.cerrar()
    ContentType.objects.clear_cache()
    ContentType.objects.get_for_models(*apps.get_models(), for_concrete_models=False)


@dataclass
class Ventana:
    """Una página abierta, con lo que pidió y se quejó."""

    pagina: Page
    base: str
    fuera_de_casa: list[str] = field(default_factory=list)
    quejas: list[str] = field(default_factory=list)

    def vigilar(self) -> None:
        """Anota lo que pide fuera de casa y lo que dice la consola."""
        casa = urlsplit(self.base).netloc
        self.pagina.on("request", lambda r: urlsplit(r.url).netloc in {casa, ""} or self.fuera_de_casa.append(r.url))
        self.pagina.on("console", lambda m: m.type == "error" and self.quejas.append(m.text))
        self.pagina.on("pageerror", lambda e: self.quejas.append(str(e)))

    def ir(self, direccion: str) -> None:
        """Abre una dirección del sitio y espera a que termine de pedir."""
        self.pagina.goto(f"{self.base}{direccion}", wait_until="networkidle")

    def faltas_de_accesibilidad(self, solo: str = "") -> list[str]:
        """Lo que axe encuentra, en una línea por falta; `solo` limita a un selector."""
        self.pagina.wait_for_load_state()
        resultado = Axe().run(self.pagina, context=solo or None, options={"runOnly": list(NORMAS)})
        return [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in resultado.response["violations"]]

    def desborda(self) -> bool:
        """¿Hay que desplazarse de lado para leer?"""
        return bool(self.pagina.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.fixture
def abrir(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """Una función que abre una ventana: `abrir(ancho=1280, oscuro=False, con_guion=True)`.

    Al terminar, comprueba que nada salió de casa y que la consola no se quejó.
    """
    abiertas: list[Ventana] = []

    def nueva(
        *, ancho: int = 1280, oscuro: bool = False, con_guion: bool = True, cookies: list[dict[str, str]] | None = None
    ) -> Ventana:
        contexto = chromium.new_context(
            viewport={"width": ancho, "height": 900},
            color_scheme="dark" if oscuro else "light",
            java_script_enabled=con_guion,
            locale="es-MX",
        )
        if cookies:
            contexto.add_cookies([{"url": live_server.url, **c} for c in cookies])  # type: ignore[typeddict-item]
        ventana = Ventana(contexto.new_page(), live_server.url)
        ventana.vigilar()
        abiertas.append(ventana)
        return ventana

    yield nueva
    for ventana in abiertas:
        ventana.pagina.wait_for_load_state("networkidle")
        ventana.pagina.context.close()
    fuera = [pedido for ventana in abiertas for pedido in ventana.fuera_de_casa]
    quejas = [q for ventana in abiertas for q in ventana.quejas if "404" not in q and "503" not in q]
    assert (fuera, quejas) == ([], [])
