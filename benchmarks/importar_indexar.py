"""Importar e indexar N filas reales por las órdenes del producto, en un archivo temporal: segundos y memoria máxima de cada proceso.

Uso: python benchmarks/importar_indexar.py FILAS.jsonl [--tipo boletin] [--carpeta ARCHIVO]
Las filas se hacen, por ejemplo, con el partidor de la colección de datos: 200,000 párrafos. Meta: menos de diez minutos en total y
menos de 1 GB por proceso. Al final comprueba que el índice y la base coinciden.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
META_SEGUNDOS = 600
META_BYTES = 1024**3


def orden(ambiente: dict[str, str], *args: str) -> tuple[dict, float]:
    """La respuesta JSON de una orden y sus segundos."""
    inicio = time.monotonic()
    fin = subprocess.run(
        [sys.executable, "manage.py", *args], cwd=RAIZ, env=ambiente, stdout=subprocess.PIPE, text=True, check=False
    )
    if fin.returncode > 1:
        sys.exit(fin.returncode)
    return json.loads(fin.stdout or "{}"), time.monotonic() - inicio


def pico() -> int:
    """La memoria máxima (bytes) del hijo más grande hasta ahora."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def medir(filas: Path, tipo: str, carpeta: Path | None) -> bool:
    """Corre las órdenes y escribe las cifras; cierto si cumple las metas. Con `carpeta`, el archivo se queda ahí."""
    with tempfile.TemporaryDirectory() as temporal:
        carpeta = carpeta or Path(temporal)
        ambiente = os.environ | {"ACERVO_DATOS": str(carpeta)}
        orden(ambiente, "preparar", "--json")
        importado, s_importar = orden(
            ambiente, "importar", str(filas), "--publicar", "--acceso", "publico", "--tipo", tipo, "--json"
        )
        memoria_importar = pico()
        indexado, s_indexar = orden(ambiente, "indice", "poner-al-dia", "--json")
        memoria_indexar = pico()
        verificado, _ = orden(ambiente, "indice", "verificar", "--json")
    total = s_importar + s_indexar
    print(
        f"importar: {importado['creadas']:,} filas en {s_importar:.0f} s ({importado['creadas'] / s_importar:,.0f} por segundo)"
    )
    print(f"indexar: {indexado['elementos']:,} elementos y {indexado['paginas']:,} páginas en {s_indexar:.0f} s")
    print(
        f"total {total:.0f} s (meta {META_SEGUNDOS}); memoria máxima {memoria_importar / 1e6:.0f} y {memoria_indexar / 1e6:.0f} MB (meta 1,074)"
    )
    print(f"diferencias entre índice y base: {verificado['diferencias']}; carga de la máquina: {os.getloadavg()[0]:.1f}")
    return total < META_SEGUNDOS and memoria_indexar < META_BYTES and verificado["diferencias"] == 0


if __name__ == "__main__":
    lector = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lector.add_argument("filas", type=Path, nargs="?", help="archivo .jsonl; sin él no se mide")
    lector.add_argument("--tipo", default="boletin")
    lector.add_argument("--carpeta", type=Path, help="dónde dejar el archivo, para medir después sus páginas")
    opciones = lector.parse_args()
    if opciones.filas is None:
        print("Sin datos no se mide: dé un archivo de filas.")
        sys.exit(0)
    sys.exit(0 if medir(opciones.filas, opciones.tipo, opciones.carpeta) else 1)
