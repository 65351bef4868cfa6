"""Firmar y validar copias de 10, 100 y 1,000 fojas digitalizadas (unos 200 MB las mil): segundos y memoria máxima de cada paso.

python benchmarks/copias_firmar.py [10 100 1000]

Cada tamaño corre en un proceso propio. Las autoridades de sellos y de estados son las de ensayo, dentro del proceso.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(RAIZ))
TAMANOS = ("10", "100", "1000")
KB_POR_FOJA = 210
#: El pedido: expedir (componer y firmar) en menos de estos segundos; aquí se mide la parte de la firma.
PEDIDO = {10: 1.5, 100: 3.0, 1000: 20.0}


def papel(ruta: Path, fojas: int) -> None:
    """Una copia sin firma con esas imágenes de ruido, que no se comprimen: como las de un escáner."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    from tests.certificaciones.firma.papel import hacer_papel

    hacer_papel(ruta)
    with pikepdf.open(ruta, allow_overwriting_input=True) as pdf:
        for _ in range(fojas):
            imagen = pikepdf.Stream(pdf, os.urandom(KB_POR_FOJA * 1024))
            imagen.Type, imagen.Subtype, imagen.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
            imagen.Width, imagen.Height, imagen.BitsPerComponent = 420, KB_POR_FOJA * 1024 // 420, 8
            contenido = pdf.make_stream(b"q 612 0 0 792 0 0 cm /F Do Q")
            recursos = Dictionary(XObject=Dictionary(F=pdf.make_indirect(imagen)))
            hoja = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 612, 792]), Resources=recursos, Contents=contenido)
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(hoja)))
        pdf.save(ruta, compress_streams=False)


def memoria() -> int:
    """Máximo de memoria residente hasta ahora, en MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def medir(fojas: int, carpeta: Path) -> dict[str, float]:
    """Firma y valida una copia; la primera firma, aparte, paga la carga de las bibliotecas."""
    from certificaciones.firma import firmar, pki_de_ensayo, validar
    from tests.certificaciones.firma.papel import hacer_papel

    pki = pki_de_ensayo(carpeta / "pki")
    servicios = pki.servicios()
    firmar(hacer_papel(carpeta / "primera.pdf"), carpeta / "primera-firmada.pdf", pki.firmante(), servicios)
    antes, inicio = memoria(), time.perf_counter()
    firmar(carpeta / "sin.pdf", carpeta / "copia.pdf", pki.firmante(), servicios)
    firma, maximo = time.perf_counter() - inicio, memoria()
    inicio = time.perf_counter()
    dictamen = validar(carpeta / "copia.pdf", pki.confianza)
    assert dictamen.valida, dictamen.motivos
    return {
        "fojas": fojas,
        "mb": round((carpeta / "copia.pdf").stat().st_size / 2**20, 1),
        "firmar_s": round(firma, 2),
        "validar_s": round(time.perf_counter() - inicio, 2),
        "memoria_mb": maximo,
        "memoria_antes_mb": antes,
    }


def hijo(paso: str, fojas: int, carpeta: Path) -> None:
    """Un paso en su proceso: `papel` o `medir`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.pruebas")
    import django

    django.setup()
    if paso == "papel":
        papel(carpeta / "sin.pdf", fojas)
    else:
        print(json.dumps(medir(fojas, carpeta)))


def main(tamanos: list[str]) -> int:
    """Los tamaños pedidos; sale con 1 si la firma sola ya pasa del tiempo pedido para expedir."""
    peor = 0
    for tamano in tamanos or TAMANOS:
        with tempfile.TemporaryDirectory(prefix="acervo-medir-firma-") as carpeta:
            for paso in ("papel", "medir"):
                hecho = subprocess.run(
                    [sys.executable, __file__, paso, tamano, carpeta], check=True, capture_output=True, text=True
                )
            medido = json.loads(hecho.stdout.strip().splitlines()[-1])
            print(json.dumps(medido, ensure_ascii=False), flush=True)
            peor |= medido["firmar_s"] > PEDIDO.get(int(tamano), 60)
    return peor


if __name__ == "__main__":
    if sys.argv[1:2] in (["papel"], ["medir"]):
        hijo(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(main(sys.argv[1:]))
