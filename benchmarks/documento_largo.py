"""El documento más largo de la colección, impreso como publicación, ingresado y buscado página por página, por las órdenes del producto.

    python benchmarks/documento_largo.py CARPETA_DE_DATOS

De cada página se toma una frase y se busca entre comillas: la respuesta debe llevar a esa página. Meta: todas, y menos de 500 MB por proceso.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import pypdfium2
from salidas_pdf import META_MB, como_publicacion, mas_largo

RAIZ = Path(__file__).resolve().parents[1]
PALABRAS = 9


def orden(ambiente: dict[str, str], *args: str) -> str:
    """Lo que escribe una orden; si no sale bien, termina con su mensaje."""
    fin = subprocess.run(
        [sys.executable, "manage.py", *args], cwd=RAIZ, env=ambiente, stdout=subprocess.PIPE, text=True, check=False
    )
    if fin.returncode:
        sys.exit(f"La orden {args[0]} salió con {fin.returncode}.")
    return fin.stdout


def frase_de(pagina: pypdfium2.PdfPage) -> str:
    """Nueve palabras seguidas de en medio de la página; «» si no las tiene."""
    palabras = [p.strip('«»“”"()¿?¡!.,;:—-') for p in pagina.get_textpage().get_text_range().split()]
    medio = len(palabras) // 2
    tramo = palabras[medio : medio + PALABRAS]
    return " ".join(tramo) if len(tramo) == PALABRAS and all(p.isalpha() for p in tramo) else _primera_limpia(palabras)


def _primera_limpia(palabras: list[str]) -> str:
    tramos = (palabras[i : i + PALABRAS] for i in range(len(palabras) - PALABRAS))
    return " ".join(next((t for t in tramos if all(p.isalpha() for p in t)), []))


def buscar_cada_pagina(ambiente: dict[str, str], pdf: Path, carpeta: Path) -> tuple[int, int, list[int]]:
    """Páginas con frase, páginas halladas, y las que faltaron."""
    frases = {n: f for n, p in enumerate(pypdfium2.PdfDocument(pdf), 1) if (f := frase_de(p))}
    lote = carpeta / "lote.jsonl"
    lote.write_text("".join(json.dumps({"texto": f'"{f}"'}) + "\n" for f in frases.values()))
    respuestas = [json.loads(r) for r in orden(ambiente, "buscar", "--lote", str(lote), "--json").splitlines()]
    faltan = [
        n
        for n, r in zip(frases, respuestas, strict=True)
        if n not in {p["pagina"] for h in r["resultados"] for p in h["paginas"]}
    ]
    return len(frases), len(frases) - len(faltan), faltan


def medir(datos: Path) -> bool:
    """Imprime, ingresa, indexa y busca; cierto si cada página se halló y la memoria quedó bajo la meta."""
    titulo, texto = mas_largo(datos / "texto" / "mx_presidencia.jsonl.gz")
    with tempfile.TemporaryDirectory() as temporal:
        carpeta = Path(temporal)
        ambiente = os.environ | {"ACERVO_DATOS": str(carpeta / "archivo")}
        pdf = carpeta / "largo.pdf"
        pdf.write_bytes(como_publicacion(titulo, texto))
        orden(ambiente, "preparar")
        ingreso = json.loads(orden(ambiente, "ingerir", str(pdf), "--publicar", "--acceso", "publico", "--json"))
        orden(ambiente, "indice", "poner-al-dia")
        con_frase, halladas, faltan = buscar_cada_pagina(ambiente, pdf, carpeta)
    megas = max(resource.getrusage(q).ru_maxrss for q in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(
        f"{len(texto):,} signos en {ingreso['paginas']} páginas: {ingreso['estado']}; frases halladas en su página: {halladas} de {con_frase}"
    )
    print(f"faltan: {faltan or 'ninguna'}; memoria máxima de un proceso: {megas:.0f} MB (meta {META_MB})")
    return not faltan and megas < META_MB


if __name__ == "__main__":
    lector = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lector.add_argument("carpeta", type=Path, nargs="?", help="carpeta de datos; sin ella no se mide")
    opciones = lector.parse_args()
    if opciones.carpeta is None:
        print("Sin datos no se mide: dé la carpeta de la colección.")
        sys.exit(0)
    sys.exit(0 if medir(opciones.carpeta) else 1)
