"""Rehacer el índice entero de un archivo, junto a tantivy escrito a mano con los mismos campos y el mismo análisis, en la misma corrida.

Uso: ACERVO_DATOS=ARCHIVO python benchmarks/indice_reconstruir.py [PROCESOS]
Con la cola vacía, primero corre `manage.py indice reconstruir`; luego otro proceso, sin Django ni base, indexa los mismos documentos leídos de un archivo.
Metas: segundos y procesador ≤ 1.5 veces los de a mano; cada índice de elementos ≤ 0.6 y todos ≤ 2 veces el texto; < 1.5 GB.
"""

import os
import pickle
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(RAIZ))
MEMORIA = 1_500
HEAP = 64_000_000


def correr(orden: list[str], ambiente: dict[str, str]) -> tuple[float, float, int]:
    """Segundos de pared, de procesador (con sus hijos) y megabytes máximos de una orden."""
    antes, inicio, pico = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), 0
    with subprocess.Popen([sys.executable, *orden], cwd=RAIZ, env=ambiente, stdout=subprocess.DEVNULL) as proceso:
        alto = threading.Event()
        while proceso.poll() is None:
            pico = max(pico, memoria(proceso.pid))
            alto.wait(0.5)
    if proceso.returncode:
        sys.exit(f"Terminó mal: {' '.join(orden)}")
    gasto = resource.getrusage(resource.RUSAGE_CHILDREN)
    procesador = gasto.ru_utime + gasto.ru_stime - antes.ru_utime - antes.ru_stime
    return time.monotonic() - inicio, procesador, pico // 1024


def memoria(pid: int) -> int:
    """Kilobytes de un proceso y de sus hijos; lo compartido se reparte."""
    try:
        renglones = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        hijos = " ".join(p.read_text() for p in Path(f"/proc/{pid}/task").glob("*/children")).split()
    except OSError:
        return 0
    propia = sum(int(r.split()[1]) for r in renglones if r.startswith("Pss:"))
    return propia + sum(memoria(int(hijo)) for hijo in hijos)


def volcar(archivo: Path) -> None:
    """Los documentos de cada índice, con lo que dicen, en un archivo que se lee sin Django."""
    import django

    django.setup()
    from archivo.indexacion.documentos import operaciones
    from archivo.indexacion.esquema import esquema
    from archivo.indexacion.lectura import lotes_del_tramo, tramos

    campos = [{c.name for c in grupo} for grupo in (esquema().keywords, esquema().integers, esquema().labels)]
    with archivo.open("wb") as salida:
        pickle.dump(campos, salida)
        for tramo in tramos():
            for lote in lotes_del_tramo(tramo):
                pares = [(o.index, vars(d)) for o in operaciones(lote) for d in getattr(o, "documents", ())]
                pickle.dump([(indice, d | {"parts": [vars(p) for p in d["parts"]]}) for indice, d in pares], salida)


def a_mano(archivo: Path, destino: Path) -> None:
    """Los índices de elementos, como los escribiría quien sólo tuviera tantivy y el análisis."""
    import tantivy

    from search import Integer, Keyword, Schema
    from search.backends.tantivy.layout import create, item_schema, register

    with archivo.open("rb") as entrada:
        nombres, enteros, palabras = pickle.load(entrada)
    esquema = item_schema(Schema([*(Keyword(n, label_searchable=n in palabras) for n in nombres), *map(Integer, enteros)]))
    indices, escritores = {}, {}
    for nombre in ("all", "pub"):
        (destino / nombre).mkdir(parents=True)
        create(destino / nombre, esquema)
        indices[nombre] = register(tantivy.Index.open(str(destino / nombre)))
        escritores[nombre] = indices[nombre].writer(heap_size=HEAP, num_threads=1)
    with archivo.open("rb") as entrada:
        pickle.load(entrada)
        while entrada.peek(1):
            analizados: dict[str, dict[str, object]] = {}
            for indice, d in pickle.load(entrada):
                if d["key"] not in analizados:
                    analizados[d["key"]] = _textos(d, palabras)
                campos = analizados[d["key"]] | _ficha(d)
                escritores[indice].add_document(tantivy.Document.from_dict(campos, esquema))
    for escritor in escritores.values():
        escritor.commit()
        escritor.wait_merging_threads()


def _textos(d: dict, palabras: set[str]) -> dict[str, object]:
    from search.analysis import analyse, sort_key

    titulo, corridas = analyse(d["title"]), [analyse(d["extra_text"]), *(analyse(p["text"]) for p in d["parts"])]
    todas = [f for corrida in (titulo, *corridas) for f in corrida]
    campos: dict[str, object] = {
        "title": " ".join(f[0] for f in titulo),
        "xtitle": " ".join(f[1] for f in titulo),
        "text": [" ".join(f[0] for f in corrida) for corrida in corridas],
        "x": " ".join(f[1] for f in todas),
        "surface": " ".join({f"{f[1]}▸{f[1]}" for corrida in (titulo, corridas[0]) for f in corrida}),
        "by_title": f"{sort_key(d['title'])} {d['order']:013d}",
        "signature": [raiz for raiz, _ in Counter(f[0] for f in todas).most_common(12)],
    }
    for nombre in palabras & d["keywords"].keys():
        valores = [analyse(valor) for valor in d["keywords"][nombre]]
        campos[f"n_{nombre}"] = [" ".join(f[0] for f in valor) for valor in valores]
        campos[f"nx_{nombre}"] = [" ".join(f[1] for f in valor) for valor in valores]
    return campos


def _ficha(d: dict) -> dict[str, object]:
    dia = d["date_from"].toordinal() if d["date_from"] else 0
    campos: dict[str, object] = {n: d[n] for n in ("key", "version", "order")}
    campos |= {"acl": list(d["acl"]), "part_acl": list(d["acl"]), "lead": 1, "date_from": dia, "date_to": dia}
    campos |= {"by_date": dia * 2**40 + d["order"], "by_date_down": dia * 2**40 + d["order"], "number": 1, "label": b""}
    for nombre, valores in d["keywords"].items():
        campos |= {f"k_{nombre}": list(valores), f"v_{nombre}": [v.lower() for v in valores]}
    return campos | {f"i_{nombre}": list(numeros) for nombre, numeros in d["integers"].items()}


def bytes_de(carpeta: Path) -> int:
    """Lo que ocupa una carpeta."""
    return sum(p.stat().st_size for p in carpeta.rglob("*") if p.is_file())


def texto_de(archivo: Path) -> tuple[int, int]:
    """Elementos y bytes de texto (título, ficha y partes) de lo volcado, contados una vez."""
    elementos = total = 0
    with archivo.open("rb") as entrada:
        pickle.load(entrada)
        while entrada.peek(1):
            for indice, d in pickle.load(entrada):
                if indice == "all" and not d["variant"]:
                    elementos += 1
                    piezas = (d["title"], d["extra_text"], *(p["text"] for p in d["parts"]))
                    total += sum(len(pieza.encode()) for pieza in piezas)
    return elementos, total


def medir(procesos: str) -> bool:
    """Corre los dos y escribe las cifras; cierto si cumple las metas."""
    ambiente = os.environ | {"DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo", "ACERVO_PROCESOS_DEL_INDICE": procesos}
    with tempfile.TemporaryDirectory() as temporal:
        volcado = Path(temporal) / "documentos"
        correr([__file__, "--volcar", str(volcado)], ambiente)
        correr(["manage.py", "indice", "poner-al-dia"], ambiente)
        producto = correr(["manage.py", "indice", "reconstruir"], ambiente)
        desnudo = correr([__file__, "--a-mano", str(volcado), f"{temporal}/indices"], ambiente)
        elementos, texto = texto_de(volcado)
    indice = Path(os.environ["ACERVO_DATOS"]) / "indice"
    generacion = indice / (indice / "CURRENT").read_text().strip()
    cada_uno = {n: bytes_de(generacion / n / "items") / texto for n in ("all", "pub")}
    todos = bytes_de(generacion) / texto
    razones = producto[0] / desnudo[0], producto[1] / desnudo[1]
    print(f"{elementos:,} elementos, {texto / elementos:,.0f} bytes de texto cada uno; carga {os.getloadavg()[0]:.1f}")
    print(f"producto {producto[0]:.0f} s, procesador {producto[1]:.0f} s, {producto[2]:,} MB (meta {MEMORIA:,})")
    print(f"a mano {desnudo[0]:.0f} s, procesador {desnudo[1]:.0f} s, {desnudo[2]:,} MB")
    print(
        f"razón {razones[0]:.2f} en tiempo y {razones[1]:.2f} en procesador (meta 1.5); un millón: {producto[0] / elementos * 1e6 / 60:.1f} min"
    )
    print(
        f"índices de elementos: {cada_uno['all']:.2f} y {cada_uno['pub']:.2f} veces el texto (meta 0.6); todos {todos:.2f} (meta 2)"
    )
    return razones[0] <= 1.5 and max(cada_uno.values()) <= 0.6 and todos <= 2 and producto[2] < MEMORIA


if __name__ == "__main__":
    if "ACERVO_DATOS" not in os.environ:
        print("Sin archivo no se mide: dé su carpeta en ACERVO_DATOS.")
    elif sys.argv[1:2] == ["--volcar"]:
        volcar(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--a-mano"]:
        a_mano(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(0 if medir(sys.argv[1] if sys.argv[1:] else "0") else 1)
