"""Importar una tabla de N filas por las órdenes del producto, en un archivo temporal: ensayo, importación, muerte a la mitad y vuelta atrás.

Uso: python benchmarks/catalogo_importar.py [--filas 10000] [--formato csv|xlsx]
Marcas: ensayo en menos de 20 s, importación en menos de 60 s, y menos de 1 GB; matado con kill −9 a la mitad, repetir termina sin que falte
ni sobre ninguna fila; deshacer deja el archivo como estaba. Los datos se hacen con una semilla: son los mismos en cada corrida.
"""

import argparse
import csv
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook

RAIZ = Path(__file__).resolve().parents[1]
META_ENSAYO, META_IMPORTAR, META_BYTES = 20.0, 60.0, 1024**3
ENCABEZADO = ["Identificador", "Título", "Fecha de publicación", "Dependencia", "Autor", "Número", "Texto", "Tema", "Liga"]
PALABRAS = [
    "agua", "obra", "calle", "salud", "escuela", "presupuesto", "cabildo", "sesión", "acuerdo", "programa", "campo", "ciudad", "apoyo",
    "familia", "seguridad", "entrega",
]  # fmt: skip
DEPENDENCIAS = [f"Secretaría de {p.capitalize()}" for p in PALABRAS[:12]]


def filas(cuantas: int) -> Iterator[list[str]]:
    """Filas como las de una carga histórica: fechas parciales, «S/N», textos de mil letras."""
    azar = random.Random(4)
    for n in range(1, cuantas + 1):
        anio = azar.randint(1994, 2010)
        fecha = azar.choice(
            [f"{azar.randint(1, 28):02}/{azar.randint(1, 12):02}/{anio}", str(anio), f"{anio}-{azar.randint(1, 12):02}", "s/f"]
        )
        texto = " ".join(azar.choices(PALABRAS, k=170))
        numero = azar.choice([str(n), "S/N", f"{n} bis"])
        titulo = f"Boletín {n}: {' '.join(azar.choices(PALABRAS, k=8))}"
        yield [
            f"h:{n}",
            titulo,
            fecha,
            azar.choice(DEPENDENCIAS),
            "Redacción",
            numero,
            texto,
            azar.choice(PALABRAS),
            f"https://ejemplo.mx/{n}",
        ]


def escribir(carpeta: Path, cuantas: int, formato: str) -> Path:
    """La tabla en el formato pedido."""
    ruta = carpeta / f"filas.{formato}"
    if formato == "csv":
        with ruta.open("w", encoding="cp1252", newline="") as archivo:
            escritor = csv.writer(archivo, delimiter=";")
            escritor.writerow(ENCABEZADO)
            escritor.writerows(filas(cuantas))
        return ruta
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet("Filas")
    hoja.append(ENCABEZADO)
    for fila in filas(cuantas):
        hoja.append(fila)
    libro.save(ruta)
    return ruta


def orden(ambiente: dict[str, str], *args: str) -> tuple[dict, float]:
    """La respuesta JSON de una orden y sus segundos."""
    inicio = time.monotonic()
    fin = subprocess.run(
        [sys.executable, "manage.py", *args, "--json"], cwd=RAIZ, env=ambiente, stdout=subprocess.PIPE, text=True, check=False
    )
    if fin.returncode > 1:
        sys.exit(fin.returncode)
    return json.loads(fin.stdout or "{}"), time.monotonic() - inicio


def cuantas_hay(carpeta: Path, tabla: str = "catalogo_item") -> int:
    """Filas de una tabla de la base del archivo de prueba."""
    with sqlite3.connect(next(carpeta.glob("*.sqlite3"))) as base:
        return int(base.execute(f"SELECT count(*) FROM {tabla}").fetchone()[0])


def matar_a_la_mitad(ambiente: dict[str, str], carpeta: Path, tabla: Path, cuantas: int) -> int:
    """Importa, mata el proceso con kill −9 pasada la tercera parte y dice cuántos elementos quedaron."""
    proceso = subprocess.Popen([sys.executable, "manage.py", "importar", str(tabla), "--tipo", "boletin"], cwd=RAIZ, env=ambiente)
    while proceso.poll() is None and cuantas_hay(carpeta) < cuantas / 3:
        time.sleep(0.05)
    proceso.send_signal(signal.SIGKILL)
    proceso.wait()
    return cuantas_hay(carpeta)


def medir(cuantas: int, formato: str) -> bool:
    """Corre las órdenes y escribe las cifras; cierto si cumple las marcas."""
    with tempfile.TemporaryDirectory() as temporal:
        carpeta = Path(temporal) / "datos"
        ambiente = os.environ | {"ACERVO_DATOS": str(carpeta)}
        orden(ambiente, "preparar")
        tabla = escribir(Path(temporal), cuantas, formato)
        ensayo, s_ensayo = orden(ambiente, "importar", str(tabla), "--tipo", "boletin", "--ensayo")
        quedaron = matar_a_la_mitad(ambiente, carpeta, tabla, cuantas)
        resto, s_resto = orden(ambiente, "importar", str(tabla), "--tipo", "boletin")
        enteras = quedaron % 500 == 0 and resto["sin_cambio"] == quedaron and cuantas_hay(carpeta) == cuantas
        deshechas = [orden(ambiente, "importaciones", "deshacer", str(n))[0]["quitada"] for n in (resto["importacion"],)]
        vuelta, s_vuelta = orden(ambiente, "importar", str(tabla), "--tipo", "boletin")
        s_importar = s_vuelta * cuantas / max(1, vuelta["creadas"])
        pico = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(f"ensayo de {ensayo['filas']:,} filas ({formato}): {s_ensayo:.1f} s (marca {META_ENSAYO:.0f})")
    print(
        f"importar {cuantas:,}: {s_importar:.1f} s (marca {META_IMPORTAR:.0f}); memoria máxima {pico / 1e6:.0f} MB (marca 1,074)"
    )
    print(
        f"kill −9 con {quedaron:,} dentro: repetir creó {resto['creadas']:,} en {s_resto:.1f} s; sin media fila: {'sí' if enteras else 'NO'}"
    )
    print(f"deshacer quitó {deshechas[0]:,} de {resto['creadas']:,}; carga de la máquina: {os.getloadavg()[0]:.1f}")
    return (
        s_ensayo < META_ENSAYO
        and s_importar < META_IMPORTAR
        and enteras
        and deshechas[0] == resto["creadas"]
        and pico < META_BYTES
    )


if __name__ == "__main__":
    lector = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lector.add_argument("--filas", type=int, default=10_000)
    lector.add_argument("--formato", choices=["csv", "xlsx"], default="csv")
    opciones = lector.parse_args()
    sys.exit(0 if medir(opciones.filas, opciones.formato) else 1)
