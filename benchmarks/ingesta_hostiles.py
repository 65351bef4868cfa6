"""Ingiere una carpeta de archivos hostiles y mide lo peor: tiempo por archivo y memoria de cualquier proceso.

    python benchmarks/ingesta_hostiles.py CARPETA…

Imprime los veredictos, el archivo más lento (límite 60 s) y el mayor uso de memoria (límite 1 GB). Escribe en una carpeta temporal.
"""

import collections
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
SEGUNDOS, MIB = 60, 1024


def medir(carpetas: list[str]) -> int:
    with tempfile.TemporaryDirectory() as datos:
        entorno = os.environ | {"ACERVO_DATOS": datos, "PYTHONUNBUFFERED": "1"}
        orden = [sys.executable, str(RAIZ / "manage.py")]
        subprocess.run([*orden, "migrate", "-v0"], env=entorno, check=True)
        proceso = subprocess.Popen([*orden, "ingerir", *carpetas, "--json"], env=entorno, stdout=subprocess.PIPE, text=True)
        inicio = antes = time.monotonic()
        estados: collections.Counter[str] = collections.Counter()
        tiempos: list[tuple[float, str]] = []
        for renglon in proceso.stdout or ():
            veredicto, ahora = json.loads(renglon), time.monotonic()
            estados[veredicto["estado"]] += 1
            tiempos.append((ahora - antes, veredicto["ruta"]))
            antes = ahora
        proceso.wait()
    tiempos[0] = (0.0, "")
    peor, cual = max(tiempos)
    memoria = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MIB
    total = time.monotonic() - inicio
    print(
        f"{sum(estados.values())} archivos en {total:.1f} s ({total / sum(estados.values()) * 1000:.0f} ms cada uno): {dict(estados)}"
    )
    print(f"el más lento: {peor:.2f} s ({Path(cual).name}); mediana {sorted(tiempos)[len(tiempos) // 2][0] * 1000:.0f} ms")
    print(f"memoria mayor de un proceso: {memoria:.0f} MB")
    return 0 if peor <= SEGUNDOS and memoria <= MIB and proceso.returncode in {0, 1} else 1


if __name__ == "__main__":
    sys.exit(medir(sys.argv[1:]))
