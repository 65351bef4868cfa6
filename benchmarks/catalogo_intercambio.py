"""Importar y exportar un fondo de N unidades (5,000) por las órdenes del producto, en los tres formatos: segundos y memoria máxima.

Uso: python benchmarks/catalogo_intercambio.py [--unidades 5000]
Meta: cada orden menos de 60 s y menos de 600 MB; lo exportado, importado y exportado otra vez es igual.
"""

import argparse
import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
META_SEGUNDOS = 60
META_BYTES = 600 * 1024**2
PARRAFO = "Correspondencia, minutas y recortes sobre la obra pública del municipio, con anotaciones al margen. " * 4
FORMATOS = {"ead2002": "xml", "ead3": "xml", "atom": "csv"}
MEDIR = "import resource,subprocess,sys;f=subprocess.run(sys.argv[1:]);u=resource.getrusage(resource.RUSAGE_CHILDREN);print(u.ru_utime+u.ru_stime,u.ru_maxrss,file=sys.stderr);sys.exit(f.returncode)"


def orden(ambiente: dict[str, str], *args: str) -> tuple[str, float, float, int]:
    """Lo que contesta una orden, sus segundos, los que usó de procesador y su memoria máxima en bytes."""
    inicio = time.monotonic()
    fin = subprocess.run(
        [sys.executable, "-c", MEDIR, sys.executable, "manage.py", *args],
        cwd=RAIZ,
        env=ambiente,
        capture_output=True,
        text=True,
        check=False,
    )
    if fin.returncode:
        sys.exit(fin.stderr)
    procesador, memoria = fin.stderr.split()[-2:]
    return fin.stdout, time.monotonic() - inicio, float(procesador), int(memoria) * 1024


def filas(unidades: int) -> Iterator[dict[str, str]]:
    """Un fondo, una serie por cada 500 unidades, un expediente por cada 25 y documentos."""
    yield {
        "legacyId": "f",
        "title": "Fondo de medida",
        "levelOfDescription": "Fondo",
        "identifier": "FM",
        "repository": "Archivo de origen",
    }
    serie = expediente = "f"
    for n in range(1, unidades):
        clase = "serie" if n % 500 == 1 else "expediente" if n % 25 == 2 else "documento"
        madre = {"serie": "f", "expediente": serie, "documento": expediente}[clase]
        nivel = {"serie": "Serie", "expediente": "Unidad documental compuesta", "documento": "Unidad documental simple"}[clase]
        serie = str(n) if clase == "serie" else serie
        expediente = str(n) if clase != "documento" else expediente
        yield {
            "legacyId": str(n),
            "parentId": madre,
            "identifier": f"{clase[0].upper()}{n}",
            "title": f"{nivel} número {n} de la obra pública",
            "levelOfDescription": nivel,
            "scopeAndContent": PARRAFO,
            "eventDates": str(1900 + n % 100),
            "eventActors": f"Dirección {n % 40}",
            "subjectAccessPoints": f"Tema {n % 60}|Obra pública",
            "placeAccessPoints": f"Municipio {n % 50}",
        }


def escribir(ruta: Path, unidades: int) -> None:
    """El CSV de AtoM de la medida."""
    todas = list(filas(unidades))
    with ruta.open("w", encoding="utf-8", newline="") as archivo:
        tabla = csv.DictWriter(archivo, list(dict.fromkeys(c for fila in todas for c in fila)), restval="")
        tabla.writeheader()
        tabla.writerows(todas)


def _decir(que: str, segundos: float, procesador: float, memoria: int) -> bool:
    print(f"{que}: {segundos:.1f} s ({procesador:.1f} de procesador), {memoria / 1e6:.0f} MB", flush=True)
    return segundos < META_SEGUNDOS and memoria < META_BYTES


def medir(unidades: int, carpeta: Path) -> bool:
    """Corre las órdenes y escribe las cifras; cierto si cumple las metas."""
    ambiente = os.environ | {"ACERVO_DATOS": str(carpeta / "datos")}
    orden(ambiente, "preparar", "--json")
    orden(ambiente, "usuarios", "crear", "medida", "--rol", "archivo_historico")
    escribir(carpeta / "medida.csv", unidades)
    bien = True
    entra, *cifras = orden(ambiente, "descripciones", "importar", str(carpeta / "medida.csv"), "--como", "medida", "--json")
    hecho = json.loads(entra)
    bien &= _decir(f"importar AtoM ({hecho['creadas']:,} unidades, {hecho['segundos']} s sin el arranque)", *cifras)
    cuadro = hecho["cuadro"]
    _, *cifras = orden(ambiente, "descripciones", "importar", str(carpeta / "medida.csv"), "--como", "medida", "--json")
    bien &= _decir("importar lo mismo otra vez", *cifras)
    for formato, extension in FORMATOS.items():
        bien &= _vuelta(ambiente, carpeta, (formato, extension), cuadro)
    print(f"carga de la máquina: {os.getloadavg()[0]:.1f}")
    return bien


def _vuelta(ambiente: dict[str, str], carpeta: Path, formato: tuple[str, str], cuadro: int) -> bool:
    primero, segundo = (carpeta / f"{n}-{formato[0]}.{formato[1]}" for n in "12")
    fuente = f"vuelta-{formato[0]}"
    salida = ("--formato", formato[0], "--como", "medida", "--salida")
    _, *cifras = orden(ambiente, "descripciones", "exportar", "--cuadro", str(cuadro), *salida, str(primero))
    bien = _decir(f"exportar {formato[0]} ({primero.stat().st_size / 1e6:.1f} MB)", *cifras)
    entra, *cifras = orden(
        ambiente,
        "descripciones",
        "importar",
        str(primero),
        "--fuente",
        fuente,
        "--area",
        "ARCHIVO-DE-ORIGEN",
        "--como",
        "medida",
        "--json",
    )
    bien &= _decir(f"importar {formato[0]}", *cifras)
    orden(ambiente, "descripciones", "exportar", "--cuadro", str(json.loads(entra)["cuadro"]), *salida, str(segundo))
    iguales = _sin_fuente(primero) == _sin_fuente(segundo)
    print(f"  la vuelta completa es igual: {'sí' if iguales else 'NO'}")
    return bien and iguales


def _sin_fuente(ruta: Path) -> str:
    return re.sub(r"<(eadid|recordid)>[^<]*<", r"<\1><", ruta.read_text("utf-8"))


if __name__ == "__main__":
    lector = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lector.add_argument("--unidades", type=int, default=5000)
    with tempfile.TemporaryDirectory() as temporal:
        sys.exit(0 if medir(lector.parse_args().unidades, Path(temporal)) else 1)
