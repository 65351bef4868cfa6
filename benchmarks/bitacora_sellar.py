"""Escribir y sellar sucesos de la bitácora, en una base temporal.

    python benchmarks/bitacora_sellar.py [--sucesos 200000]

Dice los segundos de escribirlos, sellarlos y verificar la cadena. Termina con 1 si sellar doscientos mil pasa de 30 s o escribirlos, de 60.
"""
# ruff: noqa: E402 - Django se arma antes de importar el producto

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.pruebas")

import django

django.setup()

from django.test.utils import setup_databases

from archivo.auditoria.puerta import SucesoNuevo, registrar_varios, sellar, verificar

ESCRIBIR, SELLAR = 60 / 200_000, 30 / 200_000
"""Segundos por suceso."""


def main() -> int:
    """Imprime las medidas; 1 si algo pasa de su meta."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    opciones.add_argument("--sucesos", type=int, default=200_000)
    cuantos = opciones.parse_args().sucesos
    setup_databases(0, interactive=False, aliases={"default"})
    inicio = time.perf_counter()
    registrar_varios(SucesoNuevo("item.visto", f"item:{n}", detalle={"ñ": n}) for n in range(cuantos))
    escritos = time.perf_counter()
    sellados = sellar()
    sellado = time.perf_counter()
    integra = verificar().integro
    fin = time.perf_counter()
    print(
        f"{cuantos} sucesos: escribir {escritos - inicio:.1f} s, sellar {sellado - escritos:.1f} s, verificar {fin - sellado:.1f} s"
    )
    bien = integra and sellados == cuantos and escritos - inicio <= ESCRIBIR * cuantos and sellado - escritos <= SELLAR * cuantos
    return 0 if bien else 1


if __name__ == "__main__":
    sys.exit(main())
