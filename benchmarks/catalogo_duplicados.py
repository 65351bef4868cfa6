"""Reconocer lo que ya está: pares de notas casi iguales de un diario de verdad, y avisos de más.

    python benchmarks/catalogo_duplicados.py DATOS [--pares 300] [--carpeta CARPETA]

Importa `texto/mx_jornada_zacatecas.jsonl.gz`, lo indiza y pregunta por los pares de `recuperacion/pares_duplicados.tsv` (los que
comparten la mitad o más de sus grupos de seis palabras) como si se fueran a guardar. Dice qué parte se avisa, cuánto tarda y cuántas
notas sin par conocido avisan de algo. Termina con 1 si se avisa de menos de 95 % o el p95 pasa de 300 ms.
"""

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(RAIZ))
EXHAUSTIVIDAD = 0.95
LIMITE_MS = 300
SIN_PAR = 200
SEMILLA = 20261122


def preparar(datos: Path, carpeta: Path) -> None:
    """Un archivo con el diario entero, indizado, por las órdenes del producto."""
    ambiente = os.environ | {"ACERVO_DATOS": str(carpeta)}
    diario = str(datos / "texto/mx_jornada_zacatecas.jsonl.gz")
    for orden in (["preparar"], ["importar", diario, "--publicar"], ["indice", "poner-al-dia"]):
        subprocess.run(
            [sys.executable, "manage.py", *orden, "--json"], cwd=RAIZ, env=ambiente, check=True, stdout=subprocess.DEVNULL
        )


def preguntar(item, lector):
    """Los parecidos de un elemento, como si se fuera a guardar, y los milisegundos."""
    from archivo.catalogo.puerta import PorGuardar
    from archivo.indexacion.puerta import posibles_duplicados

    texto = "".join(item.paginas.order_by("n").values_list("texto", flat=True))
    dato = PorGuardar(item.tipo, item.titulo, item.fecha, item.medio_id, item.url, texto, (), item.pk)
    comienzo = time.perf_counter()
    return posibles_duplicados(dato, lector), (time.perf_counter() - comienzo) * 1000


def main() -> int:
    opciones = argparse.ArgumentParser()
    opciones.add_argument("datos", type=Path)
    opciones.add_argument("--pares", type=int, default=300)
    opciones.add_argument("--carpeta", type=Path)
    o = opciones.parse_args()
    with tempfile.TemporaryDirectory() as propia:
        carpeta = o.carpeta or Path(propia)
        if not (carpeta / "archivo.sqlite3").exists() and not any(carpeta.glob("*.sqlite3")):
            preparar(o.datos, carpeta)
        os.environ |= {"ACERVO_DATOS": str(carpeta), "DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo"}
        return medir(o.datos, o.pares)


def medir(datos: Path, cuantos: int) -> int:
    """Pregunta por los pares y por otros tantos que no lo son."""
    import django

    django.setup()
    from archivo.catalogo.puerta import Item
    from archivo.identidad.puerta import Lector, RolVigente

    azar, lector = random.Random(SEMILLA), Lector(1, (RolVigente("titular", None),))
    llaves = dict(Item.objects.values_list("id_externo", "pk"))
    with (datos / "recuperacion/pares_duplicados.tsv").open(encoding="utf-8") as archivo:
        filas = [f for f in csv.DictReader(archivo, delimiter="\t") if float(f["solape_6gramas"]) >= 0.5]
    pares = [(llaves[f["id"]], llaves[f["duplicado_de"]]) for f in filas if f["id"] in llaves and f["duplicado_de"] in llaves]
    azar.shuffle(pares)
    tiempos, avisados = [], 0
    for uno, otro in pares[:cuantos]:
        hallados, ms = preguntar(Item.objects.get(pk=uno), lector)
        tiempos.append(ms)
        avisados += any(p.item.pk == otro for p in hallados)
    en_pares = {pk for par in pares for pk in par}
    sueltos = azar.sample([pk for pk in llaves.values() if pk not in en_pares], SIN_PAR)
    de_mas = sum(bool(preguntar(Item.objects.get(pk=pk), lector)[0]) for pk in sueltos)
    tiempos.sort()
    p95, parte = tiempos[int(len(tiempos) * 0.95)], avisados / len(tiempos)
    print(f"pares avisados: {avisados} de {len(tiempos)} ({parte:.3f}; meta {EXHAUSTIVIDAD})")
    print(f"por pregunta: p50 {tiempos[len(tiempos) // 2]:.0f} ms, p95 {p95:.0f} ms (meta {LIMITE_MS})")
    print(f"sin par conocido que avisan de algo: {de_mas} de {SIN_PAR}")
    return int(parte < EXHAUSTIVIDAD or p95 > LIMITE_MS)


if __name__ == "__main__":
    sys.exit(main())
