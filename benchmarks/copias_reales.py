"""Hace la copia de cada archivo real de una carpeta y la compara con su original: páginas, puntos a la vista, fojas y franja.

    python benchmarks/copias_reales.py --datos CARPETA [--solo TEXTO] [--detalle]

Cada archivo da una copia correcta o un rechazo con su motivo; el dañado que puede confirmarse a la vista se prueba confirmado. Sale con 1 si alguna copia pierde una página, cambia lo que se ve,
repite o salta una foja o esconde su franja, y también si un rechazo no dice por qué. CARPETA trae `pdf_es`, `pdf_hostiles` y `medios`.
"""

# ruff: noqa: E402 - Django se arma antes de importar el producto

import argparse
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.pruebas")

import django

django.setup()

import magic

from archivo.objetos.puerta import FallaAislada, Limites, ejecutar
from archivo.salidas import Institucion
from certificaciones.copia.puerta import Acta, CopiaCompuesta, CopiaImposible, Fuente, FuenteRechazada, componer

MIB = 1024 * 1024
COMPARABLES = 12
LIMITES = Limites(memoria=3 * 1024 * MIB, cpu=120, tiempo=150, salida=64 * MIB)
#: Fracción de puntos que puede cambiar: el suavizado de los bordes no cae igual en los dos dibujos.
TOLERANCIA = 0.01
IMAGENES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".gif", ".bmp")
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
)


@dataclass(frozen=True)
class Resultado:
    """Qué pasó con un archivo: `bien`, `rechazado` o `MAL`, y la razón."""

    archivo: str
    estado: str
    razon: str
    segundos: float


def archivos(datos: Path) -> Iterator[tuple[Path, str]]:
    """Cada archivo con su tipo según su contenido, como lo guarda el depósito."""
    for ruta in sorted([*datos.glob("pdf_es/*/*.pdf"), *datos.glob("pdf_hostiles/*.pdf")]):
        yield ruta, "application/pdf"
    for ruta in sorted(datos.glob("medios/*/*")):
        if ruta.suffix.lower() in IMAGENES:
            tipo = magic.from_file(str(ruta), mime=True)
            yield ruta, tipo if tipo.startswith("image/") else "application/octet-stream"


def fallas_de(copia: CopiaCompuesta, original: Path, tipo: str) -> list[str]:
    """Lo que está mal en la copia, según otro lector y otro proceso."""
    argumentos = {
        "copia": str(copia.ruta),
        "original": str(original),
        "clase": "pdf" if tipo == "application/pdf" else "imagen",
        "maximo": COMPARABLES,
    }
    try:
        hallado = ejecutar("benchmarks.copias_comparar:comparar", argumentos, LIMITES)
    except FallaAislada as falla:
        return [f"no se pudo comparar: {falla.motivo}"]
    fallas = [f"página {n}: cambió {fraccion:.1%} de lo que se ve" for n, fraccion in hallado["cambios"] if fraccion > TOLERANCIA]
    fallas += [f"página {n}: la franja no se ve" for n in hallado["sin_franja"]]
    if hallado["paginas"] != hallado["esperadas"]:
        fallas.append(f"{hallado['paginas']} páginas y debían ser {hallado['esperadas']}")
    esperadas = [f"FOJA {i} DE {copia.fojas}" for i in range(1, copia.fojas + 1)]
    if [" ".join(re.sub(r"\s+", " ", f).split()[:4]) for f in hallado["fojas"]] != esperadas:
        fallas.append("las fojas no son las que deben")
    return fallas


def probar(ruta: Path, tipo: str, carpeta: Path) -> Resultado:
    """Una copia y su comparación, o el rechazo."""
    inicio = time.monotonic()
    fuente = Fuente(ruta.name, ruta.stem, ruta, mime=tipo)
    try:
        try:
            copia = componer(ACTA, [fuente], carpeta / "copia.pdf")
        except FuenteRechazada as rechazo:
            if not rechazo.confirmable:
                raise
            copia = componer(ACTA, [replace(fuente, confirmada=True)], carpeta / "copia.pdf")
    except FuenteRechazada as rechazo:
        estado = "rechazado" if rechazo.motivo.endswith(".") and rechazo.clase else "MAL"
        return Resultado(ruta.name, estado, rechazo.clase, time.monotonic() - inicio)
    except CopiaImposible as error:
        return Resultado(ruta.name, "MAL", str(error), time.monotonic() - inicio)
    lapso = time.monotonic() - inicio
    fallas = fallas_de(copia, ruta, tipo)
    camino = copia.rutas[0].partition(": ")[2]
    return Resultado(ruta.name, "MAL" if fallas else "bien", "; ".join(fallas) or camino, lapso)


def main() -> int:
    """Imprime la tabla y la cuenta."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--datos", type=lambda dicha: Path(dicha).resolve(), required=True)
    opciones.add_argument("--solo", default="")
    opciones.add_argument("--detalle", action="store_true")
    pedido = opciones.parse_args()
    cuenta: Counter[str] = Counter()
    with TemporaryDirectory(prefix="acervo-copias-reales-") as carpeta:
        for ruta, tipo in archivos(pedido.datos):
            if pedido.solo not in ruta.name:
                continue
            resultado = probar(ruta, tipo, Path(carpeta))
            cuenta[resultado.estado] += 1
            cuenta[f"  {resultado.estado}: {resultado.razon[:70]}"] += resultado.estado != "MAL"
            if pedido.detalle or resultado.estado == "MAL":
                print(
                    f"{resultado.estado:9} {resultado.segundos:5.1f} s  {resultado.archivo[:60]:60} {resultado.razon[:160]}",
                    flush=True,
                )
    for clave, veces in sorted(cuenta.items()):
        print(f"{veces:5} {clave}")
    return 1 if cuenta["MAL"] else 0


if __name__ == "__main__":
    sys.exit(main())
