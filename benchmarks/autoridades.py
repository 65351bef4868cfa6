"""Las autoridades: proponer duplicados sobre nombres verdaderos y elegir entre doscientas mil.

    python benchmarks/autoridades.py DATOS [--autoridades 200000] [--muestra 0]

Duplicados: de los hablantes de `recuperacion/autoridades_hablantes.dev.tsv`, el patrón se arma sin el propio sugeridor: un renglón
«NOMBRE, CARGO» (o «CARGO, NOMBRE») y otro que es sólo ese NOMBRE son la misma persona. Se mide qué parte de esas parejas propone y
cuántas parejas propone en total; `--muestra N` imprime N de las dudosas para leerlas. Elegir: el selector por el servicio, con lo
que se escribe letra por letra. Termina con 1 si la exhaustividad baja de 0.95 o el p95 pasa de 500 ms.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import sys
import tempfile
import time
from itertools import batched
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

LIMITE_MS = 500
EXHAUSTIVIDAD = 0.95
PILA = "José María Juan Luis Ana Rosa Carlos Jesús Miguel Martha Jorge Laura Pedro Silvia Raúl Elena Arturo Irma Hugo Norma"
APELLIDOS = (
    "Hernández García Martínez López González Pérez Rodríguez Sánchez Ramírez Cruz Flores Gómez Morales Vázquez Reyes Jiménez Torres "
    "Díaz Gutiérrez Ruiz Mendoza Aguilar Ortiz Moreno Castillo Romero Álvarez Méndez Chávez Rivera Juárez Ramos Domínguez Herrera"
)
ESCRITOS = (
    "m",
    "ma",
    "mar",
    "marí",
    "maría",
    "maría h",
    "hernandez",
    "hernández gar",
    "garcia maria",
    "zzz",
    "luis ramirez 19",
    "jose 1",
)


def patron(nombres: list[str]) -> set[tuple[int, int]]:
    """Las parejas que son la misma persona sin duda: `(lugar del nombre solo, lugar del nombre con cargo)`."""
    from archivo.catalogo.nombres import normal

    solos = {normal(n): i for i, n in enumerate(nombres) if "," not in n and "(" not in n and len(normal(n).split()) >= 3}
    ciertas = set()
    for i, nombre in enumerate(nombres):
        piezas = [normal(p) for p in nombre.partition("(")[0].split(",")]
        halladas = {solos[p] for p in piezas if len(piezas) == 2 and p in solos} - {i}
        ciertas |= {(min(i, j), max(i, j)) for j in halladas}
    return ciertas


def medir_duplicados(ruta: Path, muestra: int) -> bool:
    from archivo.catalogo.parecidos import parejas

    with ruta.open(encoding="utf-8", newline="") as archivo:
        nombres = [fila["nombre_original"] for fila in csv.DictReader(archivo, delimiter="\t")]
    inicio = time.perf_counter()
    propuestas = {(a, b): p for a, b, p in parejas(list(enumerate(nombres)), "persona")}
    segundos = time.perf_counter() - inicio
    ciertas = patron(nombres)
    exhaustividad = len(ciertas & set(propuestas)) / len(ciertas)
    print(f"duplicados: {len(nombres):,} nombres, {len(propuestas):,} parejas en {segundos:.1f} s")
    print(f"exhaustividad: {exhaustividad:.3f} de {len(ciertas):,} parejas ciertas (meta {EXHAUSTIVIDAD})")
    dudosas = [par for par, parecido in sorted(propuestas.items()) if parecido.puntos < 100]
    for a, b in random.Random(1).sample(dudosas, min(muestra, len(dudosas))):
        print(f"  {propuestas[a, b].puntos} {propuestas[a, b].razon}: {nombres[a]} | {nombres[b]}")
    return exhaustividad >= EXHAUSTIVIDAD


def llenar(total: int) -> None:
    from archivo.catalogo.puerta import autoridades

    azar, pila, apellidos = random.Random(20261122), PILA.split(), APELLIDOS.split()
    nombres = (" ".join([*azar.choices(pila, k=2), *azar.choices(apellidos, k=2), str(n)]) for n in range(total))
    for lote in batched(nombres, 5_000, strict=False):
        autoridades.proponer_varias("persona", lote)


def medir_selector(vueltas: int = 5) -> bool:
    from archivo.catalogo.puerta import autoridades

    tiempos: list[tuple[float, str]] = []
    for escrito in ESCRITOS * vueltas:
        inicio = time.perf_counter()
        tramo = autoridades.elegir_autoridad(["persona"], escrito)
        if tramo.siguiente:
            autoridades.elegir_autoridad(["persona"], escrito, tramo.siguiente)
        tiempos.append(((time.perf_counter() - inicio) * 1000, escrito))
    ordenados = sorted(tiempos)
    p95 = ordenados[int(len(ordenados) * 0.95)][0]
    print(
        f"selector: mediana {ordenados[len(ordenados) // 2][0]:.1f} ms, p95 {p95:.1f} ms, peor {ordenados[-1][0]:.1f} ms «{ordenados[-1][1]}»"
    )
    print(f"  (cada medida son dos páginas de opciones; meta p95 < {LIMITE_MS} ms)")
    return p95 < LIMITE_MS


def main() -> int:
    analizador = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    analizador.add_argument("datos", type=Path)
    analizador.add_argument("--autoridades", type=int, default=200_000)
    analizador.add_argument("--muestra", type=int, default=0)
    opciones: Any = analizador.parse_args()
    with tempfile.TemporaryDirectory() as carpeta:
        os.environ["ACERVO_DATOS"] = carpeta
        os.environ["DJANGO_SETTINGS_MODULE"] = "archivo.settings.desarrollo"
        import django
        from django.core.management import call_command

        django.setup()
        bien = medir_duplicados(opciones.datos / "recuperacion" / "autoridades_hablantes.dev.tsv", opciones.muestra)
        call_command("migrate", verbosity=0)
        inicio = time.perf_counter()
        llenar(opciones.autoridades)
        print(f"alta de {opciones.autoridades:,} autoridades en {time.perf_counter() - inicio:.0f} s")
        return 0 if medir_selector() and bien else 1


if __name__ == "__main__":
    sys.exit(main())
