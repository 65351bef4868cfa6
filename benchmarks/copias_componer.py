"""Mide cuánto tarda y ocupa componer una copia (sin firmarla), paso por paso, con digitalizaciones de unos 200 kB.

    python benchmarks/copias_componer.py [--fojas 10 100 1000] [--repetir 3]

Metas de la emisión entera, firma incluida: 10 fojas en menos de 1.5 s, 100 en menos de 3 s y 1,000 (200 MB) en menos de 20 s; menos
de 600 MB sin originales adjuntos y de 1.2 GB con ellos. Se da la mejor de las repeticiones: las demás miden lo que hacen otros.
"""
# ruff: noqa: E402 - Django se arma antes de importar el producto

import argparse
import io
import multiprocessing
import os
import random
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.pruebas")

import django

django.setup()

import pikepdf
from PIL import Image, ImageDraw

from archivo.salidas import Institucion
from certificaciones.copia import legajo
from certificaciones.copia.puerta import Acta, Fuente, componer

METAS = {10: 1.5, 100: 3.0, 1_000: 20.0}
PASOS = ("ingreso", "hojas", "franjas", "ensamble", "huella")
ACTA = Acta(
    folio="CC/00001/2026",
    codigo="7K4Q-FW2M-9XD0-HT6R",
    url_verificacion="HTTPS://ARCHIVO.EJEMPLO.GOB.MX/VERIFICAR/7K4QFW2M9XD0HT6R/",
    institucion=Institucion("Alcaldía Ejemplo"),
    parrafos=("Quien suscribe", "CERTIFICA", "Que la presente copia concuerda con su original."),
    lugar_y_fecha="Alcaldía Ejemplo, 12 de noviembre de 2026",
    certificador="Persona de Ejemplo",
    cargo="Dirección de Ejemplo",
    emitida=datetime(2026, 11, 12, 19, 26, 8, tzinfo=UTC),
    modo_de_firma="efirma",
)


def escaneo(semilla: int) -> bytes:
    """Un JPEG gris de 1700 × 2200 puntos, con renglones y grano: unos 200 kB."""
    azar = random.Random(semilla)
    imagen = Image.new("L", (1_700, 2_200), 236)
    lapiz = ImageDraw.Draw(imagen)
    for y in range(200, 2_000, 58):
        for x in range(180, 1_500, 22):
            lapiz.rectangle((x, y, x + azar.randrange(4, 18), y + azar.randrange(10, 34)), fill=azar.randrange(20, 90))
    imagen = Image.blend(imagen, Image.effect_noise(imagen.size, 30), 0.07)
    salida = io.BytesIO()
    imagen.save(salida, "JPEG", quality=42)
    return salida.getvalue()


def escribir_original(ruta: Path, fojas: int) -> None:
    """Un PDF de tantas páginas digitalizadas, todas distintas."""
    base = [escaneo(n) for n in range(4)]
    with pikepdf.new() as pdf:
        for n in range(fojas):
            crudo = base[n % 4]
            jpeg = crudo[:2] + b"\xff\xfe\x00\x0a%08d" % n + crudo[2:]
            imagen = pdf.make_stream(
                jpeg,
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=1_700,
                Height=2_200,
                ColorSpace=pikepdf.Name.DeviceGray,
                BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )
            pdf.add_blank_page(page_size=(612, 792))
            pdf.pages[-1].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=imagen))
            pdf.pages[-1].obj.Contents = pdf.make_stream(b"q 612 0 0 792 0 0 cm /Im Do Q")
        pdf.save(ruta)


def medir(original: Path, salida: Path, adjuntos: int, respuesta: Any) -> None:
    """En un proceso nuevo: lo que tarda y ocupa una copia."""
    legajo.ADJUNTOS_MAXIMOS = adjuntos
    inicio = time.monotonic()
    copia = componer(ACTA, [Fuente(original.name, "Expediente digitalizado", original)], salida)
    propia = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    ajena = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    respuesta.put((time.monotonic() - inicio, dict(copia.pasos), max(propia, ajena, copia.memoria), salida.stat().st_size))


def una(original: Path, salida: Path, adjuntos: int) -> tuple[float, dict[str, float], int, int]:
    """Una medición en su propio proceso."""
    contexto = multiprocessing.get_context("spawn")
    respuesta = contexto.Queue()
    proceso = contexto.Process(target=medir, args=(original, salida, adjuntos, respuesta))
    proceso.start()
    medido: tuple[float, dict[str, float], int, int] = respuesta.get(timeout=300)
    proceso.join()
    return medido


def main() -> int:
    """Imprime la tabla; sale con 1 si la composición sola ya pasa de la meta."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    opciones.add_argument("--fojas", type=int, nargs="+", default=[10, 100, 1_000])
    opciones.add_argument("--repetir", type=int, default=3)
    pedido = opciones.parse_args()
    mal = False
    print(f"{'fojas':>6} {'adjunto':8} {'total':>7} " + " ".join(f"{p:>9}" for p in PASOS) + f" {'memoria':>9} {'archivo':>9}")
    with TemporaryDirectory(prefix="acervo-copias-") as carpeta:
        for fojas in pedido.fojas:
            original = Path(carpeta, f"{fojas}.pdf")
            escribir_original(original, fojas)
            for adjunto, maximo in (("no", 0), ("sí", 1 << 40)):
                total, pasos, memoria, tamano = min(
                    una(original, Path(carpeta, "copia.pdf"), maximo) for _ in range(pedido.repetir)
                )
                tope = 1_200e6 if maximo else 600e6
                mal = mal or total > METAS.get(fojas, 1e9) or memoria > tope
                cifras = " ".join(f"{pasos.get(p, 0):7.2f} s" for p in PASOS)
                print(f"{fojas:6} {adjunto:8} {total:5.2f} s {cifras} {memoria / 1e6:6.0f} MB {tamano / 1e6:6.0f} MB", flush=True)
    return 1 if mal else 0


if __name__ == "__main__":
    sys.exit(main())
