"""Buscar y guardar sin parar mientras el motor falla, y apuntar qué se contestó y en cuánto tiempo."""

import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connections

from archivo.catalogo.puerta import Edicion, Item, fijar_acceso, guardar
from archivo.identidad.puerta import ANONIMO
from archivo.indexacion import plazo
from archivo.indexacion.models import CambioIndice
from archivo.indexacion.puerta import ambito_de, con_plazo, motor, verificar
from search import Budget, SearchError, SearchRequest
from tests import fabricas

RAIZ = Path(__file__).resolve().parents[3]
SEMILLA = 12
PALABRA = "zarzuplex"
HALLADO = re.compile(r'href="/elemento/(\w+)/')


@dataclass
class Visto:
    """Lo que contestó la web: códigos, segundos de cada respuesta y lo que no debió pasar."""

    codigos: Counter[int] = field(default_factory=Counter)
    segundos: list[float] = field(default_factory=list)
    malas: list[str] = field(default_factory=list)

    def anotar(self, codigo: int, texto: str, segundos: float) -> None:
        """Una respuesta. Sólo valen la lista entera, o el aviso."""
        self.codigos[codigo] += 1
        self.segundos.append(segundos)
        if codigo == 200 and "No encontramos" in texto:
            self.malas.append("dijo que no hay nada")
        elif codigo == 200 and len(set(HALLADO.findall(texto))) != SEMILLA:
            self.malas.append("una lista sin lo que sí está")
        elif codigo == 503 and "La búsqueda no está disponible" not in texto:
            self.malas.append("503 sin decir por qué")
        elif codigo not in {200, 503}:
            self.malas.append(f"contestó {codigo}")

    @property
    def mas_lenta(self) -> float:
        """Segundos de la respuesta que más tardó."""
        return max(self.segundos)

    @property
    def p95(self) -> float:
        """Segundos por debajo de los que quedó el 95 %."""
        return sorted(self.segundos)[int(len(self.segundos) * 0.95) - 1]

    def __str__(self) -> str:
        return f"{dict(self.codigos)}, p95 {self.p95:.2f} s, la más lenta {self.mas_lenta:.2f} s, malas {Counter(self.malas)}"


def contar_esperas(monkeypatch: Any) -> list[Budget]:
    """Lo que esperará al motor cada petición que se atienda en este proceso, según la cuenta del propio plazo."""
    cuentas: list[Budget] = []

    @contextmanager
    def con_cuenta() -> Iterator[Budget]:
        with con_plazo() as cuenta:
            cuentas.append(cuenta)
            yield cuenta

    monkeypatch.setattr(plazo, "con_plazo", con_cuenta)
    return cuentas


def sembrar() -> None:
    """Lo que siempre está: cualquier búsqueda que conteste lo tiene que dar."""
    for n in range(SEMILLA):
        fabricas.publico(titulo=f"{PALABRA.capitalize()} fijo {n}", texto=f"La jornada {PALABRA}.")


def cambiar(azar: Random) -> None:
    """Un cambio cualquiera del catálogo, que nunca toca lo sembrado."""
    items = list(Item.objects.exclude(titulo__icontains=" fijo ").order_by("?")[:1])
    que = azar.choice(("nuevo", "nuevo", "otro titulo", "acceso", "borrar")) if items else "nuevo"
    if que == "nuevo":
        fabricas.publico(titulo=f"Acta {azar.randrange(10**6)}", texto="renglón\n" * azar.choice((2, 1500)))
    elif que == "otro titulo":
        items[0].titulo = f"Corregida {azar.randrange(10**6)}"
        guardar(items[0], Edicion(actor=None))
    elif que == "acceso":
        fijar_acceso(items[0], azar.choice(("publico", "interno", "reservado")), None)
    else:
        items[0].delete()


def por_http(puerto: int) -> Callable[[str], tuple[int, str]]:
    """Pide una dirección a la web en marcha: código y página. Una conexión que se corta es un 0."""

    def pedir(direccion: str) -> tuple[int, str]:
        conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=30)
        try:
            conexion.request("GET", direccion)
            respuesta = conexion.getresponse()
            return respuesta.status, respuesta.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            conexion.close()

    return pedir


def buscar_una_vez(pedir: Callable[[str], tuple[int, str]], azar: Random, visto: Visto) -> None:
    """Una búsqueda de lo que sí está, de alguna de las maneras de pedirla."""
    orden = azar.choice(("", "&orden=-fecha", "&orden=titulo"))
    inicio = time.monotonic()
    codigo, texto = pedir(f"/buscar/?q={quote(PALABRA + ' fijo')}{orden}&tamano=50")
    visto.anotar(codigo, texto, time.monotonic() - inicio)


@contextmanager
def sin_parar(paso: Callable[[], None], al_menos: int, pausa: float) -> Iterator[list[int]]:
    """Repite un paso en otro hilo mientras dura el bloque, y después hasta cumplir las veces; da la cuenta de las que lleva."""
    cuenta, alto = [0], threading.Event()

    def correr() -> None:
        try:
            while not (alto.is_set() and cuenta[0] >= al_menos):
                paso()
                cuenta[0] += 1
                alto.wait(0.0 if alto.is_set() else pausa)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as hilo:
        corrida = hilo.submit(correr)
        try:
            yield cuenta
        finally:
            alto.set()
        corrida.result()


def ambiente(base: Any) -> dict[str, str]:
    """El de los procesos del archivo sobre la base, la carpeta y el motor de la prueba."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo",
        "ACERVO_BASE": base.url,
        "ACERVO_DATOS": str(settings.ACERVO_DATOS),
        "ACERVO_BUSQUEDA": settings.ACERVO_BUSQUEDA,
        "ACERVO_BUSQUEDA_PREFIJO": settings.ACERVO_BUSQUEDA_PREFIJO,
    }


def preparar(base: Any, datos: Path) -> None:
    """La carpeta de un archivo que se va a servir, con sus hojas de estilo."""
    con_datos = ambiente(base) | {"ACERVO_DATOS": str(datos)}
    subprocess.run([sys.executable, "manage.py", "preparar"], cwd=RAIZ, env=con_datos, check=True, capture_output=True)


@contextmanager
def orden_en_marcha(base: Any, *orden: str) -> Iterator[subprocess.Popen[bytes]]:
    """Una orden del archivo en su proceso; no sobrevive al bloque."""
    argumentos = [sys.executable, "manage.py", *orden]
    with subprocess.Popen(
        argumentos, cwd=RAIZ, env=ambiente(base), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as proceso:
        try:
            yield proceso
        finally:
            proceso.kill()


def cola_vacia() -> bool:
    """¿Ya no espera ningún cambio?"""
    return not CambioIndice.objects.exists()


def como_quedo() -> tuple[int, int, tuple[int, int]]:
    """Cambios pendientes, diferencias con la base, y cuántos elementos y cuántos públicos sobran en el índice."""
    estado = verificar()
    publicos = motor().search(SearchRequest(ambito_de(ANONIMO))).total
    sobran = estado.elementos - Item.objects.count(), publicos - Item.objects.publicos().count()
    return estado.pendientes, estado.diferencias or 0, sobran


def ya_contesta() -> bool:
    """¿El motor da lo sembrado?"""
    try:
        return motor().search(SearchRequest(ambito_de(ANONIMO))).total >= SEMILLA
    except SearchError:
        return False
