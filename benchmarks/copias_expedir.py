"""Mide expedir una copia entera, firma y asiento incluidos, con la parte que toma cada paso, en digitalizaciones de unos 200 kB.

    python benchmarks/copias_expedir.py [--fojas 10 100 1000] [--repetir 3]

Expide ensayos en un archivo de usar y tirar: el mismo camino que una copia verdadera, con claves y sellos de tiempo en memoria. No cuenta
«reunir» (contar las fojas), que en una copia verdadera se hace antes, al mandarla a cotejo: la meta es de lo demás, del arriendo del folio
al asiento. Metas: 10 fojas en menos de 1.5 s, 100 en menos de 3 s y 1,000 (200 MB) en menos de 20 s; memoria, menos de 600 MB sin
originales adjuntos y de 1.2 GB con ellos (aquí se adjuntan aunque pasen de 25 MB). Cada caso corre en su propio proceso. De las
repeticiones se da la más corta: las demás miden lo que hacen otros. «Procesador» suma lo de este proceso y los aislados, y casi no depende de lo que la máquina haga al mismo tiempo.
"""
# ruff: noqa: E402 - Django se arma antes de importar el producto

import argparse
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.pruebas")

import django
from django.conf import settings

django.setup()

import psutil
from django.db import connections
from django.test.utils import setup_databases

from archivo.catalogo.puerta import AdjuntoNuevo, Item, adjuntar
from archivo.objetos.puerta import guardar
from benchmarks.copias_componer import escribir_original
from certificaciones.actos.puerta import ensayar
from certificaciones.copia import legajo
from tests.fabricas import publico

METAS = {10: 1.5, 100: 3.0, 1_000: 20.0}
MEMORIA = {"no": 600e6, "sí": 1_200e6}
DE_COMPONER = ("ingreso", "hojas", "franjas", "ensamble", "huella")
PASOS = ("arrendar", *DE_COMPONER, "firmar", "guardar", "asentar", "resto")


def aparte(funcion: Callable[..., Any], *argumentos: Any) -> Any:
    """Lo que la función devuelve, corrida en un proceso hijo: así su memoria no se confunde con la de otra medida."""
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(1) as hijo:
        return hijo.apply(funcion, argumentos)


def digitalizado(fojas: int, carpeta: Path) -> int:
    """Un documento público con ese PDF como original; devuelve su clave primaria."""
    ruta = carpeta / f"{fojas}.pdf"
    escribir_original(ruta, fojas)
    item = publico(titulo=f"Expediente digitalizado de {fojas} fojas")
    adjuntar(item, AdjuntoNuevo(guardar(ruta, mime="application/pdf", paginas=fojas), ruta.name), None)
    return int(item.pk)


def procesador() -> float:
    """Segundos de procesador que llevan este proceso, sus hijos (los aislados) y los de éstos."""
    yo = psutil.Process()
    return sum(sum(proceso.cpu_times()[:4]) for proceso in (yo, *yo.children()))


def una(item: Item) -> dict[str, float]:
    """Los segundos de un ensayo: en `expedir` lo que cuenta para la meta, y los de cada paso."""
    inicio, antes = time.perf_counter(), procesador()
    pasos = ensayar(item).pasos
    total = time.perf_counter() - inicio - pasos["reunir"]
    medido = {p: pasos.get(f"componer.{p}" if p in DE_COMPONER else p, 0.0) for p in PASOS}
    medido["resto"] = total - sum(medido.values())
    return {"expedir": total, "procesador": procesador() - antes} | medido


def memoria() -> float:
    """El máximo de memoria de este proceso o de los aislados, que se terminan para que el sistema la cuente; en bytes."""
    for hijo in psutil.Process().children():
        hijo.terminate()
        hijo.wait(10)
    return 1024.0 * max(resource.getrusage(quien).ru_maxrss for quien in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def medir(pk: int, adjuntos: int, repetir: int) -> dict[str, float]:
    """La mejor de las repeticiones y la memoria de todas; antes, una que paga lo que se carga una vez por proceso."""
    legajo.ADJUNTOS_MAXIMOS = adjuntos
    item = Item.objects.get(pk=pk)
    ensayar(item, (1,))
    mejor = min((una(item) for _ in range(repetir)), key=lambda m: m["expedir"])
    return mejor | {"memoria": memoria()}


def renglones(fojas: int, adjuntos: str, medido: dict[str, float]) -> str:
    """Dos renglones: los segundos de cada paso y su parte del total."""
    segundos = " ".join(f"{medido[p]:8.2f}" for p in PASOS)
    partes = " ".join(f"{100 * medido[p] / medido['expedir']:7.0f}%" for p in PASOS)
    cifras = f"{medido['expedir']:7.2f} s {medido['procesador']:8.2f} s {medido['memoria'] / 1e6:5.0f} MB"
    return f"{fojas:6} {adjuntos:>8} {cifras} {segundos}\n{'':44} {partes}"


def main() -> int:
    """Imprime la tabla; sale con 1 si algo pasa de su meta."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    opciones.add_argument("--fojas", type=int, nargs="+", default=[10, 100, 1_000])
    opciones.add_argument("--repetir", type=int, default=3)
    pedido = opciones.parse_args()
    setup_databases(0, interactive=False, aliases={"default"})
    mal = False
    print(f"{'fojas':>6} {'adjuntos':>8} {'expedir':>9} {'procesador':>10} {'memoria':>8} " + " ".join(f"{p:>8}" for p in PASOS))
    with TemporaryDirectory(prefix="acervo-copias-") as carpeta:
        settings.ACERVO_DATOS = Path(carpeta, "datos")
        settings.ACERVO_DATOS.mkdir()
        for fojas in sorted(pedido.fojas):
            pk = aparte(digitalizado, fojas, Path(carpeta))
            for adjuntos, maximo in (("no", 0), ("sí", 1 << 40)):
                medido = aparte(medir, pk, maximo, pedido.repetir)
                mal = mal or medido["expedir"] > METAS.get(fojas, 1e9) or medido["memoria"] > MEMORIA[adjuntos]
                print(renglones(fojas, adjuntos, medido), flush=True)
    return 1 if mal else 0


if __name__ == "__main__":
    sys.exit(main())
