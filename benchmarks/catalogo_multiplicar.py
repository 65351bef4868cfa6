"""Un archivo de un millón para medir con él: copia, en su propia base SQLite, los elementos que ya tiene, con sus textos.

Uso: python benchmarks/catalogo_multiplicar.py ARCHIVO/acervo.sqlite3 1000000
Sólo sirve para medir: las copias no tienen historial ni folio asignado. El índice se rehace después (`indice_reconstruir.py`).
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

PROPIAS = {
    "id": "id + :salto",
    "clave": "'z' || printf('%011d', id + :salto)",
    "numero_asignado": "0",
    "id_externo": "NULL",
    "identidad": "NULL",
    "latest_revision_id": "NULL",
}
"""Lo que en una copia no puede ser igual que en su original."""


def columnas(base: sqlite3.Connection, tabla: str) -> list[str]:
    """Las que se escriben; las calculadas no."""
    return [fila[1] for fila in base.execute(f"PRAGMA table_xinfo({tabla})") if fila[6] == 0]


def copiar(base: sqlite3.Connection, tabla: str, propias: dict[str, str], donde: str, valores: dict[str, int]) -> int:
    """Copia las filas de una tabla; cuántas."""
    nombres = columnas(base, tabla)
    elegidas = ", ".join(propias.get(nombre, f'"{nombre}"') for nombre in nombres)
    escritas = ", ".join(f'"{nombre}"' for nombre in nombres)
    orden = f"INSERT INTO {tabla} ({escritas}) SELECT {elegidas} FROM {tabla} WHERE {donde}"
    return base.execute(orden, valores).rowcount


def multiplicar(ruta: Path, meta: int) -> int:
    """Copia hasta llegar a la meta; cuántos elementos quedan."""
    with closing(sqlite3.connect(ruta)) as base, base:
        originales, ultimo = base.execute("SELECT count(*), max(id) FROM catalogo_item").fetchone()
        if not originales:
            sys.exit("Ese archivo no tiene elementos que copiar.")
        hay, vuelta = originales, 0
        while hay < meta:
            vuelta += 1
            valores = {"salto": vuelta * ultimo, "hasta": ultimo, "cuantos": meta - hay}
            cuales = "SELECT id FROM catalogo_item WHERE id <= :hasta ORDER BY id LIMIT :cuantos"
            hay += copiar(base, "catalogo_item", PROPIAS, f"id IN ({cuales})", valores)
            de_pagina = {"id": "NULL", "item_id": "item_id + :salto", "adjunto_id": "NULL"}
            copiar(base, "catalogo_pagina", de_pagina, f"item_id IN ({cuales})", valores)
        return hay


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(f"{multiplicar(Path(sys.argv[1]), int(sys.argv[2])):,} elementos.")
    else:
        print(__doc__)
