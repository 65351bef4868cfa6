"""La página de búsqueda por HTTP, con una persona, sobre un archivo grande.

    ACERVO_DATOS=/ruta/al/archivo python benchmarks/pagina_busqueda.py [--peticiones 300]

Levanta el servidor web de producción sobre ese archivo, pide páginas de resultados con palabras y filtros tomados de sus
títulos y dice p50, p95 y máximo, y cuántas consultas SQL hace cada página. Termina con 1 si p95 pasa de 150 ms o si las
consultas SQL cambian con los resultados.
"""

import argparse
import http.client
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

RAIZ = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(RAIZ))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.desarrollo")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from archivo.catalogo.puerta import Item  # noqa: E402

META_MS = 150.0
SEMILLA = 20261122
TITULOS = 2_000


def direcciones(cuantas: int) -> list[str]:
    """Búsquedas de una a cinco palabras de títulos de verdad; una de cada tres, con filtro o con orden."""
    azar = random.Random(SEMILLA)
    ids = list(Item.objects.publicos().values_list("pk", flat=True)[:200_000])
    titulos = Item.objects.filter(pk__in=azar.sample(ids, min(900, len(ids)))).values_list("titulo", flat=True)
    palabras = [p for p in (re.findall(r"[^\W\d_]{4,}", t) for t in titulos) if p]
    hechas = []
    for n in range(cuantas):
        suyas = azar.choice(palabras)
        desde = azar.randrange(len(suyas))
        cola = {"q": " ".join(suyas[desde : desde + azar.randint(1, 5)])}
        cola |= ({}, {"orden": "-fecha"}, {"tipo": azar.choice(["boletin", "publicacion"])})[n % 3]
        hechas.append(f"/buscar/?{urlencode(cola)}")
    return hechas


def servidor() -> tuple[subprocess.Popen[bytes], int]:
    """El servidor web en un puerto libre, cuando ya contesta."""
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        puerto = enchufe.getsockname()[1]
    orden = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(puerto),
             "--workers", "1", "--no-ws", "--log-level", "warning", "archivo.wsgi:application"]  # fmt: skip
    proceso = subprocess.Popen(orden, cwd=RAIZ)
    limite = time.monotonic() + 60
    while time.monotonic() < limite:
        try:
            pedir(http.client.HTTPConnection("127.0.0.1", puerto, timeout=5), "/robots.txt")
        except OSError:
            time.sleep(0.2)
        else:
            return proceso, puerto
    proceso.terminate()
    raise SystemExit("El servidor no contestó en un minuto.")


def pedir(conexion: http.client.HTTPConnection, direccion: str) -> tuple[int, float]:
    """El estado y los milisegundos de una petición, hasta el último byte."""
    inicio = time.perf_counter()
    conexion.request("GET", direccion)
    respuesta = conexion.getresponse()
    respuesta.read()
    return respuesta.status, (time.perf_counter() - inicio) * 1000


def consultas_sql(pedidas: list[str]) -> set[int]:
    """Cuántas consultas SQL hace cada página con resultados (las vacías no leen elementos)."""
    cliente, vistas = Client(headers={"host": "127.0.0.1"}), set()
    for direccion in pedidas:
        with CaptureQueriesContext(connection) as anotadas:
            respuesta = cliente.get(direccion)
        if b'<ol class="resultados">' in respuesta.content:
            vistas.add(len(anotadas))
    return vistas


def main() -> int:
    """Mide y dice si se alcanzó la meta."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("--peticiones", type=int, default=300)
    pedidas = direcciones(lector.parse_args().peticiones)
    proceso, puerto = servidor()
    try:
        conexion = http.client.HTTPConnection("127.0.0.1", puerto, timeout=30)
        for direccion in pedidas[:10]:
            pedir(conexion, direccion)
        medidas = [pedir(conexion, direccion) for direccion in pedidas]
    finally:
        proceso.terminate()
        proceso.wait(timeout=30)
    tiempos = sorted(ms for _, ms in medidas)
    malas = sum(estado != 200 for estado, _ in medidas)
    p95 = tiempos[int(len(tiempos) * 0.95)]
    sql = consultas_sql(pedidas[:30])
    print(f"{Item.objects.count():,} elementos; {len(tiempos)} páginas de resultados, {malas} con error")
    print(f"p50 {statistics.median(tiempos):.0f} ms · p95 {p95:.0f} ms (meta {META_MS:.0f}) · máximo {tiempos[-1]:.0f} ms")
    print(f"consultas SQL por página con resultados: {sorted(sql)}")
    return int(p95 > META_MS or malas > 0 or len(sql) > 1)


if __name__ == "__main__":
    sys.exit(main())
