"""Las cifras de un año de cien mil elementos: todos los indicadores, el corte, su comparación y la página que abre una cifra.

Uso: `python benchmarks/memoria_cifras.py [ELEMENTOS] [--carpeta C]`. Metas: cifras < 5 s, corte < 15 s, página p95 < 0.5 s. Junto a
cada una va la razón contra lo mismo a mano: SQL llano para las cifras y la página; leer, resumir y escribir filas para el corte. Con
`--carpeta` el archivo sembrado se queda ahí y la siguiente vez no se siembra.
"""

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import batched
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

partes = argparse.ArgumentParser(description=__doc__)
partes.add_argument("elementos", nargs="?", type=int, default=100_000)
partes.add_argument("--carpeta", type=Path)
PEDIDO = partes.parse_args()
CARPETA = PEDIDO.carpeta or Path(tempfile.mkdtemp(prefix="acervo-memoria-"))
SEMBRADO = CARPETA / f"sembrado-{PEDIDO.elementos}"
os.environ["ACERVO_DATOS"] = str(CARPETA)
os.environ["DJANGO_SETTINGS_MODULE"] = "archivo.settings.desarrollo"
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from archivo.catalogo.puerta import Adjunto, Autoridad, Item, Relacion, serie_de  # noqa: E402
from archivo.identidad.puerta import Area, Nombramiento, Usuario  # noqa: E402
from archivo.objetos.puerta import ObjetoDigital  # noqa: E402
from memoria_anual.cortes.puerta import comparar, cortar, verificar  # noqa: E402
from memoria_anual.indicadores.puerta import cifras, leer_periodo  # noqa: E402

ELEMENTOS = PEDIDO.elementos
ANIO = leer_periodo("2025")
METAS = {"cifras": 5.0, "corte": 15.0, "comparar": 15.0, "pagina_p95": 0.5, "memoria_mb": 600}
EMITIDO = "estado IN ('publicado', 'archivado')"
FIRME = "estado IN ('autorizado', 'programado', 'publicado', 'archivado')"
DE_SERIE = f"tipo = 'boletin' AND {EMITIDO} AND serie_id IN (SELECT id FROM catalogo_seriedenumeracion WHERE clave IN (%s))"
A_MANO = {
    "NOT": f"tipo = 'recorte' AND {EMITIDO}",
    "SIN": f"tipo = 'sintesis' AND {EMITIDO}",
    "BOL": DE_SERIE % "'boletin', 'comunicado'"
    + " AND id NOT IN (SELECT origen_id FROM catalogo_relacion WHERE clase = 'fe_de_erratas_de')",
    "DSC": DE_SERIE % "'discurso'",
    "VES": DE_SERIE % "'version-estenografica'",
    "COB": f"tipo = 'evento' AND {FIRME} AND ficha ->> 'situacion' = 'cubierto'",
    "LIV": f"tipo = 'audiovisual' AND {FIRME} AND ficha ->> 'clase' = 'transmision_en_vivo'",
    "ENC": f"tipo = 'publicacion' AND {EMITIDO} AND ficha ->> 'clase' = 'encuesta'",
}
DEL_ANIO = "fecha >= '{0}-01-01' AND fecha <= '{0}-12-31'"
MEZCLA = {
    "recorte": 55, "boletin": 15, "audiovisual": 15, "evento": 5, "sintesis": 3, "impreso": 3, "publicacion": 3, "campania": 1,
}  # fmt: skip
VISITAS = 100
ABIERTAS = ("NOT", "NOT-U", "BOL", "TON", "FOT-T", "FOT-P", "IMP", "COB")
FOTOS_POR_ALBUM = 12


def ficha(tipo: str, azar: random.Random) -> dict[str, Any]:
    """Lo propio de cada tipo que los indicadores leen."""
    clases = ("video", "album_fotografico", "album_fotografico", "fotografia", "transmision_en_vivo", "spot_tv")
    return {
        "recorte": lambda: {"tipo_medio": "prensa", "valoracion": azar.choice(("positiva", "informativa", "negativa"))},
        "audiovisual": lambda: {"clase": azar.choice(clases), "duracion": "00:02:30"},
        "evento": lambda: {"clase": azar.choice(("acto_publico", "entrevista", "rueda_de_prensa")), "situacion": "cubierto"},
        "sintesis": lambda: {"clase": "matutina"},
        "impreso": lambda: {"clase": "cartel"},
        "publicacion": lambda: {"clase": azar.choice(("informe", "encuesta"))},
        "campania": lambda: {"desde": "2025-03-01", "hasta": "2025-06-30"},
    }.get(tipo, dict)()


def elementos(azar: random.Random) -> Iterator[Item]:
    """Los del año y otros tantos del anterior, porque cada cifra se compara."""
    areas = [Area.objects.create(clave=f"B{n}", nombre=f"Dirección {n}") for n in range(12)]
    medios = [Autoridad.objects.create(clase="medio", nombre=f"Medio {n}") for n in range(80)]
    series = [serie_de(c) for c in ("boletin", "comunicado", "discurso", "version-estenografica")]
    for n in range(2 * ELEMENTOS):
        tipo = azar.choices(tuple(MEZCLA), tuple(MEZCLA.values()))[0]
        dia = date(2025 if n < ELEMENTOS else 2024, 1, 1) + timedelta(days=azar.randrange(365))
        yield Item(
            tipo=tipo, titulo=f"{tipo} de prueba número {n} sobre la obra pública del barrio", fecha=dia, fecha_hasta=dia,
            estado=azar.choices(("publicado", "archivado", "borrador", "retirado"), (80, 15, 4, 1))[0], acceso="publico",
            acceso_efectivo="publico", area=azar.choice(areas), ficha=ficha(tipo, azar),
            medio=azar.choice(medios) if tipo == "recorte" else None, serie=azar.choice(series) if tipo == "boletin" else None,
        )  # fmt: skip


def sembrar() -> None:
    """El archivo: elementos, notas de agencia, impacto de boletines y fotografías de álbumes."""
    if SEMBRADO.exists():
        return
    call_command("preparar", verbosity=0)
    azar = random.Random(20251122)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    for lote in batched(elementos(azar), 5_000):
        Item.objects.bulk_create(lote)
    recortes = list(Item.objects.filter(tipo="recorte").values_list("pk", flat=True))
    boletines = list(Item.objects.filter(tipo="boletin").values_list("pk", flat=True))
    lazos = {(r, azar.choice(boletines), "cobertura_de") for r in azar.sample(recortes, len(recortes) // 5)}
    lazos |= {(r, azar.choice(recortes), "nota_madre") for r in azar.sample(recortes, len(recortes) // 10)}
    Relacion.objects.bulk_create((Relacion(origen_id=o, destino_id=d, clase=c) for o, d, c in lazos if o != d), batch_size=5_000)
    fotos = [ObjetoDigital(sha256=f"{n:064x}", bytes=1, mime="image/jpeg") for n in range(FOTOS_POR_ALBUM)]
    ObjetoDigital.objects.bulk_create(fotos)
    albumes = Item.objects.filter(tipo="audiovisual", ficha__clase="album_fotografico").values_list("pk", flat=True)
    adjuntos = (
        Adjunto(item_id=a, objeto=o, rol="fotografia", nombre=f"{n}.jpg", seleccionada=n < 3, acceso_efectivo="publico")
        for a in albumes
        for n, o in enumerate(fotos)
    )
    Adjunto.objects.bulk_create(adjuntos, batch_size=5_000)
    SEMBRADO.touch()


def con_procesador(hacer: Callable[[], Any]) -> tuple[float, float, Any]:
    """Segundos de reloj, de procesador (lo que no depende de quién más use la máquina) y resultado."""
    inicio = process_time()
    reloj, hecho = medir(hacer)
    return reloj, process_time() - inicio, hecho


def medir(hacer: Callable[[], Any]) -> tuple[float, Any]:
    """Segundos y resultado."""
    inicio = perf_counter()
    hecho = hacer()
    return perf_counter() - inicio, hecho


def consultar(orden: str) -> list[Any]:
    """Las filas de una consulta escrita a mano."""
    with connection.cursor() as cursor:
        cursor.execute(orden)
        return cursor.fetchall()


def cifras_a_mano() -> dict[str, int]:
    """Las de `A_MANO`, este año y el anterior, que es lo que una cifra dice."""
    cuentas = {}
    for clave, condicion in A_MANO.items():
        consultar(f"SELECT count(*) FROM catalogo_item WHERE {condicion} AND {DEL_ANIO.format(2024)}")
        cuentas[clave] = consultar(f"SELECT count(*) FROM catalogo_item WHERE {condicion} AND {DEL_ANIO.format(2025)}")[0][0]
    return cuentas


def corte_a_mano(pk: int) -> str:
    """Lo inevitable de un corte: leer sus filas, resumirlas y escribirlas."""
    suma = hashlib.sha256()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE a_mano (n integer, clase text, objeto bigint, clave text, titulo text, fecha text)"
        )
        filas = consultar(
            f"SELECT n, clase, objeto_id, clave, titulo, fecha FROM cortes_elementodecorte WHERE corte_id = {pk} ORDER BY n"
        )
        for fila in filas:
            suma.update(json.dumps(fila, default=str).encode())
        cursor.executemany("INSERT INTO a_mano VALUES (%s, %s, %s, %s, %s, %s)", filas)
        cursor.execute("DROP TABLE a_mano")
    return suma.hexdigest()


def pagina_a_mano(pagina: int) -> None:
    """Lo que la página de NOT pregunta: dos cuentas, cinco repartos y cincuenta renglones."""
    base = f"FROM catalogo_item WHERE {A_MANO['NOT']} AND {DEL_ANIO.format(2025)}"
    consultar(f"SELECT count(*) {base}")
    consultar(f"SELECT count(*) FROM catalogo_item WHERE {A_MANO['NOT']} AND {DEL_ANIO.format(2024)}")
    por = ("substr(CAST(fecha AS text), 1, 7)", "area_id", "medio_id", "ficha ->> 'valoracion'", "ficha ->> 'tipo_medio'")
    for columna in por:
        consultar(f"SELECT {columna}, count(*) {base} GROUP BY 1")
    consultar(f"SELECT id, clave, titulo, folio, fecha {base} ORDER BY fecha, id LIMIT 50 OFFSET {50 * (pagina - 1)}")


def visitas(corte: Any) -> dict[str, list[float]]:
    """Segundos de cada página que abre una cifra, viva y de un corte, al principio y a mitad de la lista; y de hacerla a mano."""
    jefa, nueva = Usuario.objects.get_or_create(username="jefa-de-medida")
    if nueva:
        Nombramiento.objects.create(usuario=jefa, rol="titular")
    cliente = Client(headers={"host": "127.0.0.1"})
    cliente.force_login(jefa)
    azar = random.Random(7)
    tiempos: dict[str, list[float]] = {"viva": [], "congelada": [], "a_mano": [], "cpu": []}
    for n in range(VISITAS):
        clave, pagina = azar.choice(ABIERTAS), azar.choice((1, 2, 100))
        donde = ("viva", f"/admin/memoria/indicadores/{clave}/?periodo=2025&pagina={pagina}")
        if n % 2:
            donde = ("congelada", f"/admin/memoria/cortes/{corte.pk}/cifras/{clave}/?pagina={pagina}")
        segundos, de_procesador, respuesta = con_procesador(lambda direccion=donde[1]: cliente.get(direccion))
        if respuesta.status_code != 200:
            raise SystemExit(f"La página de {clave} contestó {respuesta.status_code}.")
        tiempos[donde[0]].append(segundos)
        tiempos["cpu"].append(de_procesador)
        if clave == "NOT":
            tiempos["a_mano"].append(medir(lambda pagina=pagina: pagina_a_mano(pagina))[0])
    return tiempos


def main() -> int:
    """Siembra, mide y dice si se cumplen las metas. Sale con 1 si alguna no."""
    siembra, _ = medir(sembrar)
    todas, cpu_de_cifras, hechas = con_procesador(lambda: cifras(ANIO))
    del_producto, iguales = medir(lambda: {c.clave: int(c.valor or 0) for c in cifras(ANIO, A_MANO)})
    de_sql, a_mano = medir(cifras_a_mano)
    un_corte, cpu_de_corte, corte = con_procesador(lambda: cortar(ANIO))
    escrito, _ = medir(lambda: corte_a_mano(corte.pk))
    huella, fallas = medir(lambda: verificar(corte))
    comparado, cpu_de_comparar, comparacion = con_procesador(lambda: comparar(corte))
    tiempos = visitas(corte)
    paginas = tiempos["viva"] + tiempos["congelada"]
    medidas = {
        "elementos_del_anio": ELEMENTOS, "indicadores": len(hechas), "siembra": siembra, "cifras": todas,
        "cifras_cpu": cpu_de_cifras, "cifras_veces_sql": del_producto / de_sql, "corte": un_corte, "corte_cpu": cpu_de_corte,
        "corte_veces_a_mano": un_corte / escrito, "elementos_del_corte": corte.elementos_total, "verificar": huella,
        "comparar": comparado, "comparar_cpu": cpu_de_comparar, "pagina_p50": statistics.median(paginas),
        "pagina_p95": statistics.quantiles(paginas, n=20)[18],
        "pagina_p95_cpu": statistics.quantiles(tiempos["cpu"], n=20)[18], "viva_p50": statistics.median(tiempos["viva"]),
        "viva_p95": statistics.quantiles(tiempos["viva"], n=20)[18],
        "viva_veces_sql": statistics.median(tiempos["viva"]) / statistics.median(tiempos["a_mano"]),
        "memoria_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip
    print(json.dumps({k: round(v, 3) for k, v in medidas.items()}, ensure_ascii=False))
    fuera = [f"{k}: {medidas[k]:.2f} (meta {meta})" for k, meta in METAS.items() if medidas[k] > meta]
    fuera += [f"{c}: {iguales[c]} y a mano {n}" for c, n in a_mano.items() if iguales[c] != n]
    fuera += [*fallas, *(f"{c.clave} cambió sin que nada cambiara" for c in comparacion.distintas)]
    print("Cumple." if not fuera else f"No cumple: {'; '.join(fuera)}")
    return bool(fuera)


if __name__ == "__main__":
    try:
        salida = main()
    finally:
        if PEDIDO.carpeta is None:
            shutil.rmtree(CARPETA, ignore_errors=True)
    sys.exit(salida)
