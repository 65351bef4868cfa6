"""Boletines verdaderos contados por el archivo y, aparte, fila por fila del archivo de origen: por año, mes y categoría.

Uso: `python benchmarks/memoria_boletines.py DATOS`. Dice también qué números se repiten y cuáles faltan en cada año.
"""

import gzip
import json
import os
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

CARPETA = Path(tempfile.mkdtemp(prefix="acervo-boletines-"))
os.environ["ACERVO_DATOS"] = str(CARPETA)
os.environ["DJANGO_SETTINGS_MODULE"] = "archivo.settings.desarrollo"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from archivo.catalogo.puerta import Item  # noqa: E402
from memoria_anual.indicadores.puerta import cifra, desglose, leer_periodo, lista  # noqa: E402

ANIOS = range(2013, 2019)
CATEGORIAS = {"comunicado": "BOL", "discurso": "DSC", "version_estenografica": "VES", "entrevista": "ENT"}


def recuento(filas: list[dict]) -> dict[str, Counter[str]]:
    """Cuántas filas de cada categoría hay en cada mes, contadas de la fuente."""
    meses: dict[str, Counter[str]] = defaultdict(Counter)
    for fila in filas:
        meses[CATEGORIAS[fila["tipo"]]][fila["fecha"][:7]] += 1
    return meses


def diferencias(filas: list[dict]) -> list[str]:
    """Dónde no coinciden el archivo y la fuente, mes por mes; también la lista y el titular de cada año."""
    esperadas = recuento(filas)
    fallas = []
    for anio in ANIOS:
        periodo = leer_periodo(str(anio))
        for clave in CATEGORIAS.values():
            de_aqui = cifra(clave, periodo)
            del_anio = sum(n for mes, n in esperadas[clave].items() if mes.startswith(str(anio)))
            if not de_aqui.valor == len(lista(clave, periodo)) == del_anio:
                fallas.append(f"{clave} {anio}: el archivo dice {de_aqui.valor}; la fuente, {del_anio}")
            for porcion in desglose(de_aqui, "mes"):
                if porcion.valor != esperadas[clave][porcion.clave]:
                    fallas.append(f"{clave} {porcion.clave}: {porcion.valor} en vez de {esperadas[clave][porcion.clave]}")
    return fallas


def numeros_del_archivo(anio: int) -> tuple[list[int], list[int]]:
    """Los números de boletín que se repiten y los que faltan hasta el mayor, según el archivo."""
    del_anio = Item.objects.filter(serie__clave="comunicado", fecha__year=anio, numero__isnull=False)
    vistos = Counter(del_anio.values_list("numero", flat=True))
    faltan = [n for n in range(1, max(vistos, default=0) + 1) if n not in vistos]
    return sorted(n for n, veces in vistos.items() if veces > 1), faltan


def main(datos: Path) -> int:
    """Importa, compara y dice. Sale con 1 si algo no coincide."""
    origen = datos / "texto" / "mx_sep_boletines.jsonl.gz"
    with gzip.open(origen, "rt", encoding="utf-8") as archivo:
        filas = [json.loads(renglon) for renglon in archivo]
    call_command("preparar", verbosity=0)
    call_command("importar", str(origen), "--publicar", "--acceso", "publico", "--json")
    fallas = diferencias([f for f in filas if f["tipo"] in CATEGORIAS])
    for anio in ANIOS:
        repetidos, faltan = numeros_del_archivo(anio)
        dichos = {clave: int(cifra(clave, leer_periodo(str(anio))).valor or 0) for clave in CATEGORIAS.values()}
        print(f"{anio}: {dichos}; números repetidos {len(repetidos)}: {repetidos[:12]}; faltan {len(faltan)}: {faltan[:12]}")
    print("Iguales." if not fallas else "\n".join(fallas))
    return bool(fallas)


if __name__ == "__main__":
    try:
        salida = main(Path(sys.argv[1]))
    finally:
        shutil.rmtree(CARPETA, ignore_errors=True)
    sys.exit(salida)
