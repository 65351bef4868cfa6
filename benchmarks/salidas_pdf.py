"""Mide los impresos con el documento más largo de la colección: segundos, páginas y memoria máxima.

    python benchmarks/salidas_pdf.py CARPETA_DE_DATOS

Cada caso corre en un proceso propio; la memoria es la máxima entre ese proceso y el del compositor. Meta: menos de 500 MB.
Comprueba además que el texto que se lee del PDF sea, sin blancos, el que entró.
"""

import argparse
import gzip
import json
import multiprocessing
import re
import resource
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pypdfium2

from archivo.salidas import (
    Capitulo,
    DatosDeBoletin,
    DatosDePublicacion,
    Institucion,
    arbol_de_texto,
    boletin_pdf,
    limpiar,
    publicacion_pdf,
    textos,
)

FECHA = date(2026, 11, 24)
CASA = Institucion("Alcaldía Ejemplo", "Coordinación de Comunicación Social")
INVISIBLES = re.compile(r"[\s\u200b-\u200d\u2060]+")
META_MB = 500


def mas_largo(archivo: Path) -> tuple[str, str]:
    """Título y texto del registro con el texto más largo."""
    with gzip.open(archivo, "rt", encoding="utf-8") as renglones:
        registro = max(map(json.loads, renglones), key=lambda r: len(r.get("texto") or ""))
    return registro["titulo"], registro["texto"]


def como_boletin(titulo: str, texto: str) -> bytes:
    """El texto como versión estenográfica."""
    datos = DatosDeBoletin(CASA, "Versión estenográfica", titulo[:160], FECHA, arbol_de_texto(texto), "No. 1/2026")
    return boletin_pdf(datos, FECHA)


def como_publicacion(titulo: str, texto: str) -> bytes:
    """El texto como libro, en partes de cien párrafos."""
    bloques = arbol_de_texto(texto)
    partes = [bloques[i : i + 100] for i in range(0, len(bloques), 100)]
    capitulos = [Capitulo(f"Parte {n}", parte) for n, parte in enumerate(partes, 1)]
    datos = DatosDePublicacion(CASA, "Libro", titulo[:160], FECHA, capitulos)
    return publicacion_pdf(datos, FECHA)


def _apretado(texto: str) -> str:
    return INVISIBLES.sub("", texto)


def _conserva(pdf: bytes, texto: str) -> bool:
    documento = pypdfium2.PdfDocument(pdf)
    leido = _apretado("".join(p.get_textpage().get_text_range() for p in documento))
    limpio, _ = limpiar(list(textos(arbol_de_texto(texto))))
    return all(_apretado(palabra) in leido for parrafo in limpio for palabra in parrafo.split())


def medir(nombre: str, titulo: str, texto: str, respuesta: "multiprocessing.Queue[dict[str, object]]") -> None:
    """Compone una vez y devuelve lo medido."""
    inicio = time.perf_counter()
    pdf = {"boletín": como_boletin, "publicación": como_publicacion}[nombre](titulo, texto)
    segundos = time.perf_counter() - inicio
    propia, aparte = (resource.getrusage(quien).ru_maxrss for quien in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    megas = max(propia, aparte) / 1024
    paginas = len(pypdfium2.PdfDocument(pdf))
    respuesta.put(
        {
            "caso": nombre,
            "signos": len(texto),
            "paginas": paginas,
            "segundos": round(segundos, 2),
            "memoria_mb": round(megas),
            "pdf_kb": len(pdf) // 1024,
            "texto_integro": _conserva(pdf, texto),
        }
    )


def main() -> int:
    """Sale con 1 si algún caso pasa de la meta o pierde texto."""
    opciones = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    opciones.add_argument("carpeta", type=Path)
    carpeta = opciones.parse_args().carpeta
    titulo, texto = mas_largo(carpeta / "texto" / "mx_presidencia.jsonl.gz")
    ochocientos_mil = (texto + "\n\n") * (800_000 // len(texto) + 1)
    contexto = multiprocessing.get_context("spawn")
    bien = True
    for cuerpo in (texto, ochocientos_mil[:800_000]):
        for nombre in ("boletín", "publicación"):
            respuesta = contexto.Queue()
            proceso = contexto.Process(target=medir, args=(nombre, titulo, cuerpo, respuesta))
            proceso.start()
            medido = respuesta.get()
            proceso.join()
            bien &= medido["memoria_mb"] < META_MB and medido["texto_integro"]
            print(json.dumps(medido, ensure_ascii=False))
    return 0 if bien else 1


if __name__ == "__main__":
    sys.exit(main())
