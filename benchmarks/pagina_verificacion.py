"""La página pública de verificación de una copia, con el registro lleno, pedida una y otra vez.

    python benchmarks/pagina_verificacion.py [--copias 500] [--veces 200]

Expide copias de prueba en una base temporal, las pide por su código y dice la mediana y el p95 en milisegundos, con las consultas de
una página. Termina con 1 si el p95 pasa de 100 ms.
"""
# ruff: noqa: E402 - Django se arma antes de importar el producto

import argparse
import os
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.pruebas")

import django
from django.conf import settings

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases
from django.urls import reverse

from tests.certificaciones.consulta.fabricas import copia

LIMITE_MS = 100.0


def milisegundos(direccion: str) -> float:
    inicio = time.perf_counter()
    respuesta = Client().get(direccion)
    hecho = 1_000 * (time.perf_counter() - inicio)
    if respuesta.status_code != 200:
        raise SystemExit(f"{direccion}: {respuesta.status_code}")
    return hecho


def main() -> int:
    """Imprime las medidas; 1 si el p95 pasa de la meta."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    opciones.add_argument("--copias", type=int, default=500)
    opciones.add_argument("--veces", type=int, default=200)
    pedido = opciones.parse_args()
    setup_databases(0, interactive=False, aliases={"default"})
    with TemporaryDirectory(prefix="acervo-verificar-") as carpeta:
        settings.ACERVO_DATOS = Path(carpeta)
        direcciones = [reverse("consulta:copia", args=[copia().codigo]) for _ in range(pedido.copias)]
        milisegundos(direcciones[0])
        with CaptureQueriesContext(connection) as capturadas:
            milisegundos(direcciones[0])
            consultas = len(capturadas)
        tiempos = sorted(milisegundos(direcciones[vez % len(direcciones)]) for vez in range(pedido.veces))
    p95 = tiempos[int(0.95 * (len(tiempos) - 1))]
    print(f"{pedido.copias} copias: mediana {statistics.median(tiempos):.1f} ms, p95 {p95:.1f} ms, {consultas} consultas")
    return 1 if p95 > LIMITE_MS else 0


if __name__ == "__main__":
    sys.exit(main())
