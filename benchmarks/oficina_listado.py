"""La lista de la oficina con un millón de filas, por HTTP y de principio a fin, en un archivo temporal.

    python benchmarks/oficina_listado.py [--filas 1000000] [--carpeta CARPETA] [--veces 20] [--sin-motor]

Llena la base con `bulk_create` (tres áreas grandes y cuarenta chicas, ocho estados, cinco niveles, cuarenta años), la indiza y mide
la lista de boletines como la piden cuatro personas: con cada filtro, la última página, un folio, y lo que contesta el buscador
(palabras, campos propios, otros órdenes, una página profunda, elegir un elemento). Imprime la mediana, el percentil 95 y las consultas por página.
Termina con 1 si algún percentil 95 pasa de 500 ms. Con `--carpeta` conserva lo llenado y la siguiente corrida sólo mide;
`--sin-motor` no indiza: un millón de elementos son unos veinte minutos de procesador.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import batched
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

LIMITE_MS = 500
LOTE = 5_000
ESTADOS = (("publicado", 70), ("archivado", 20), ("borrador", 6), ("retirado", 2), ("cancelado", 1), ("programado", 1))
NIVELES = (("publico", 80), ("interno", 14), ("restringido_derechos", 4), ("reservado", 1), ("confidencial", 1))


def _sorteo(azar: random.Random, tabla: tuple[tuple[str, int], ...]) -> str:
    return azar.choices([c for c, _ in tabla], [p for _, p in tabla])[0]


def _filas(total: int, areas: list[Any], serie: Any) -> Iterator[Any]:
    from archivo.catalogo.puerta import Item

    azar = random.Random(20261122)
    for n in range(total):
        dia = date(1987, 1, 1) + timedelta(days=azar.randrange(14_500))
        nivel, tipo = _sorteo(azar, NIVELES), "boletin" if n % 10 else "publicacion"
        area = areas[azar.randrange(3)] if azar.random() < 0.9 else azar.choice(areas)
        yield Item(
            tipo=tipo, titulo=f"Documento {n} de la jornada {azar.randrange(9999)}", estado=_sorteo(azar, ESTADOS), acceso=nivel, acceso_efectivo=nivel,
            fecha=dia, fecha_hasta=dia, area=area, serie=serie, numero=n, anio_numero=dia.year, folio=f"No. {n}/{dia.year}",
            resumen=_resumen(n), autor="Ana Robles" if n % 50 == 1 else f"Autor {n % 997}", pendientes=["texto"] if n % 7 == 0 else [],
        )  # fmt: skip


def _resumen(n: int) -> str:
    palabras = ["Resumen de relleno." * 8]
    for cada, palabra in ((3, "vacunas"), (1_000, "drenaje"), (10_000, "ajolote")):
        if n % cada == 1:
            palabras.append(palabra)
    return " ".join(palabras)


def llenar(total: int) -> None:
    from django.db import connection

    from archivo.catalogo.puerta import Item, SerieDeNumeracion
    from archivo.identidad.puerta import Area, Nombramiento, Usuario

    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    areas = [Area.objects.create(clave=f"A{n}", nombre=f"Área número {n}") for n in range(43)]
    serie = SerieDeNumeracion.objects.get_or_create(clave="boletin", defaults={"nombre": "Boletín"})[0]
    for lote in batched(_filas(total, areas, serie), LOTE, strict=False):
        Item.objects.bulk_create(lote)
    for nombre, rol, area in (
        ("titular", "titular", None),
        ("grande", "redaccion", areas[0]),
        ("chica", "redaccion", areas[40]),
        ("auditora", "auditoria", None),
    ):
        Nombramiento.objects.create(usuario=Usuario.objects.create_user(nombre), rol=rol, area=area)
    connection.cursor().execute("ANALYZE")


def casos(base: str) -> dict[str, str]:
    from archivo.catalogo.puerta import Item
    from archivo.identidad.puerta import Area

    boletines = Item.objects.filter(tipo="boletin")
    menor, mayor = (
        boletines.order_by("id").values_list("id", flat=True).first(),
        boletines.order_by("-id").values_list("id", flat=True).first(),
    )
    chica = Area.objects.get(clave="A40").pk
    return {
        "primera página": base,
        "a la mitad": f"{base}?despues={(menor + mayor) // 2}",
        "última página": f"{base}?antes={menor}",
        "borradores": f"{base}?estado=borrador",
        "estado sin ninguno": f"{base}?estado=en_revision",
        "publicados": f"{base}?estado=publicado",
        "confidenciales": f"{base}?acceso=confidencial",
        "área chica": f"{base}?area={chica}",
        "un año": f"{base}?anio=1994",
        "año, estado y acceso": f"{base}?anio=1994&estado=retirado&acceso=reservado",
        "un año sin nada": f"{base}?anio=1950",
        "un folio": f"{base}?q={quote(boletines.filter(id__lt=(menor + mayor) // 2).order_by('-id')[0].folio)}",
    }


def casos_del_motor(base: str) -> dict[str, str]:
    """Lo que contesta el buscador, en la lista y al elegir un elemento. Las palabras están en uno de cada tres, de cada mil y de cada diez mil elementos."""
    from django.urls import reverse

    from archivo.catalogo.puerta import Item

    medio = Item.objects.filter(tipo="boletin").order_by("fecha", "id").values_list("clave", flat=True)
    profunda = medio[medio.count() // 2]
    elegir = reverse("oficina_selector_elementos")
    return {
        "elegir: palabra en todos": f"{elegir}?q=documento",
        "elegir: a medio escribir": f"{elegir}?q=vacun",
        "elegir: dos palabras": f"{elegir}?q=drenaje+jornada",
        "elegir: una clave": f"{elegir}?q={profunda}",
        "palabra en todos": f"{base}?q=documento",
        "palabra en un tercio": f"{base}?q=vacunas",
        "palabra rara": f"{base}?q=ajolote",
        "dos palabras": f"{base}?q=drenaje+jornada",
        "palabra y filtros": f"{base}?q=vacunas&estado=publicado&anio=1994",
        "por fecha": f"{base}?orden=fecha",
        "por fecha, a la mitad": f"{base}?orden=fecha&despues={profunda}",
        "por título": f"{base}?orden=titulo",
        "por título, la 20": f"{base}?orden=titulo&desde=950",
        "palabra, la 100": f"{base}?q=documento&desde=4950",
        "autor y palabra": f"{base}?autor=ana+robles&q=vacunas&orden=-fecha",
        "un autor": f"{base}?autor=ana+robles",
    }


def _una(cliente: Any, camino: str, veces: int) -> tuple[list[float], int, float, int]:
    """Milisegundos de cada vez, consultas, la más lenta y las filas mostradas."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    tiempos = []
    for _ in range(veces):
        with CaptureQueriesContext(connection) as consultas:
            inicio = time.perf_counter()
            respuesta = cliente.get(camino)
            tiempos.append((time.perf_counter() - inicio) * 1000)
    assert respuesta.status_code == 200, (camino, respuesta.status_code)
    lenta = max((float(q["time"]) for q in consultas), default=0) * 1000
    return tiempos, len(consultas), lenta, max(0, respuesta.content.split(b"listing-results")[-1].count(b"<tr") - 1)


def _p95(tiempos: list[float]) -> float:
    return sorted(tiempos)[max(0, math.ceil(len(tiempos) * 0.95) - 1)]


def medir(veces: int, *, con_motor: bool) -> float:
    """Mide cada caso como cada persona; devuelve el peor percentil 95."""
    from django.test import Client

    from archivo.catalogo.puerta import tipo_de
    from archivo.identidad.puerta import Usuario
    from archivo.oficina.direcciones import direccion

    base = direccion(tipo_de("boletin").modelo, "list")
    caminos = casos(base) | (casos_del_motor(base) if con_motor else {})
    peor = 0.0
    for nombre in ("titular", "grande", "chica", "auditora"):
        cliente = Client(headers={"host": "127.0.0.1"})
        cliente.force_login(Usuario.objects.get(username=nombre))
        cliente.get(base)
        for caso, camino in caminos.items():
            tiempos, consultas, lenta, filas = _una(cliente, camino, veces)
            peor = max(peor, _p95(tiempos))
            print(
                f"{nombre:9} {caso:24} mediana {statistics.median(tiempos):6.0f} ms  p95 {_p95(tiempos):6.0f} ms  {consultas:2} consultas "
                f"(la más lenta {lenta:.0f} ms)  {filas} filas",
                flush=True,
            )
    return peor


def _indizar() -> None:
    from archivo.indexacion.puerta import estado, reconstruir

    if estado().elementos:
        return
    inicio = time.perf_counter()
    hecho = reconstruir()
    print(f"{hecho.elementos:,} elementos indizados en {time.perf_counter() - inicio:.0f} s", flush=True)


def _arrancar(carpeta: Path) -> None:
    os.environ["ACERVO_DATOS"] = str(carpeta)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.desarrollo")
    import django
    from django.conf import settings

    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    django.setup()


def main() -> int:
    lector = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lector.add_argument("--filas", type=int, default=1_000_000)
    lector.add_argument("--carpeta", type=Path)
    lector.add_argument("--veces", type=int, default=20)
    lector.add_argument("--sin-motor", action="store_true")
    opciones = lector.parse_args()
    with tempfile.TemporaryDirectory() as temporal:
        _arrancar(opciones.carpeta or Path(temporal))
        from django.core.management import call_command

        from archivo.catalogo.puerta import Item

        call_command("migrate", verbosity=0)
        if not Item.objects.exists():
            inicio = time.perf_counter()
            llenar(opciones.filas)
            print(f"{opciones.filas:,} filas en {time.perf_counter() - inicio:.0f} s", flush=True)
        if not opciones.sin_motor:
            _indizar()
        peor = medir(opciones.veces, con_motor=not opciones.sin_motor)
    print(f"La peor: {peor:.0f} ms (límite {LIMITE_MS} ms)")
    return int(peor > LIMITE_MS)


if __name__ == "__main__":
    sys.exit(main())
