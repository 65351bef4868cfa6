"""La búsqueda del producto junto al motor a mano, en la misma corrida y sobre los mismos índices.

    python benchmarks/busqueda DATOS --docs 1000000 --carpeta indice [--motor tantivy] [--clientes 1,8] [--solo-medir]
    python benchmarks/busqueda DATOS --docs 200000 --motor elasticsearch      # u opensearch: lo arranca, o --url el suyo

DATOS es la colección de la que salen oraciones y palabras. Los índices quedan en `--carpeta`: con `--solo-medir` no se rehacen.
Imprime tablas en Markdown y termina con 1 si alguna meta no se alcanza.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.busqueda.corpus import leer_lengua
from benchmarks.busqueda.corrida import Corrida, Opciones
from benchmarks.servidor import MOTORES, motor_en_marcha


def _opciones() -> Opciones:
    argumentos = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    argumentos.add_argument("datos", type=Path)
    argumentos.add_argument("--docs", type=int, default=1_000_000)
    argumentos.add_argument("--motor", choices=MOTORES, default="tantivy")
    argumentos.add_argument("--url", help="un servidor que ya está en marcha")
    argumentos.add_argument("--clientes", default="1,8", help="1, o 1 y cuántos procesos a la vez")
    argumentos.add_argument("--carpeta", type=Path, help="dónde quedan los índices (sin ella, en una pasajera)")
    argumentos.add_argument("--solo-medir", action="store_true", help="con los índices de una corrida anterior")
    dadas = argumentos.parse_args()
    if dadas.solo_medir and not dadas.carpeta:
        argumentos.error("--solo-medir pide la --carpeta de la corrida anterior.")
    muchos = max(int(parte) for parte in dadas.clientes.split(","))
    return Opciones(dadas.datos, dadas.docs, dadas.motor, dadas.carpeta, muchos, solo_medir=dadas.solo_medir, url=dadas.url)


def main() -> int:
    opciones = _opciones()
    lengua = leer_lengua(opciones.datos)
    with (
        tempfile.TemporaryDirectory() as taller,
        motor_en_marcha(opciones.motor, opciones.url, Path(taller)) as (nombre, pid),
    ):
        carpeta = opciones.carpeta or Path(taller) / "indice"
        carpeta.mkdir(parents=True, exist_ok=True)
        faltas = Corrida(opciones, lengua, carpeta, nombre, pid).correr()
    for falta in faltas:
        print(f"META SIN ALCANZAR · {falta}")
    return 1 if faltas else 0


if __name__ == "__main__":
    sys.exit(main())
