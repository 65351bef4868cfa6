"""La página de la bitácora con diez millones de sucesos y filtros, por HTTP, en un archivo temporal.

    python benchmarks/catalogo_bitacora.py [--sucesos 10000000] [--carpeta CARPETA] [--veces 3]

Llena la base con una sola orden SQL (quinientas personas, cuarenta clases, dos millones de documentos, ocho años), la sella a
medias y mide la página como la pide quien audita: sin filtros, con cada filtro, con varios y al final de la historia. Imprime
milisegundos y consultas por página. Termina con 1 si la mediana de alguna pasa de un segundo. Con `--carpeta` conserva lo llenado.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

LIMITE_MS = 1_000
PERSONAS = 500
CLASES = (
    *(["item.consultado"] * 22), *(["item.corregido"] * 6), *(["archivo.descargado"] * 4), *(["item.creado"] * 3), "item.autorizar",
    "item.publicar", "persona.entro", "persona.salio", "nombramiento.dado",
)  # fmt: skip
ANIOS = 8

LLENAR = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {total})
INSERT INTO auditoria_suceso (id, momento, clase, objeto, actor_id, actor_nombre, motivo, detalle, ip, resultado)
SELECT i, strftime('%Y-%m-%d %H:%M:%f', '{desde}', '+' || (i * {paso}) || ' seconds'),
       CASE WHEN i % 50021 = 0 THEN 'suplencia.registrada' ELSE {clases} END,
       'item:' || printf('%012x', (i * 7919) % 2000003), 1 + (i * 31 + i / 97) % {personas}, 'Persona ' || (1 + (i * 31 + i / 97) % {personas}),
       '', '{{}}', '10.0.0.1', CASE WHEN i % 211 = 0 THEN 'rechazado' ELSE 'hecho' END
FROM n
"""


def llenar(total: int) -> None:
    from django.utils import timezone

    from archivo.identidad.puerta import Nombramiento, Usuario

    Usuario.objects.bulk_create([Usuario(username=f"p{n}", first_name=f"Persona {n}") for n in range(1, PERSONAS + 1)])
    Nombramiento.objects.create(usuario=Usuario.objects.create_user("auditora"), rol="auditoria")
    lista = "CASE (i * 2654435761 >> 7) % {} {} END".format(
        len(CLASES), " ".join(f"WHEN {n} THEN '{clase}'" for n, clase in enumerate(CLASES))
    )
    desde = timezone.now() - timedelta(days=365 * ANIOS)
    orden = LLENAR.format(
        total=total,
        desde=f"{desde:%Y-%m-%d %H:%M:%S}",
        paso=round(365 * ANIOS * 86400 / total, 4),
        clases=lista,
        personas=PERSONAS,
    )
    _escribir_sin_indices(orden)


def _escribir_sin_indices(orden: str) -> None:
    from django.db import connection

    from archivo.auditoria.puerta import Suceso

    with connection.cursor() as cursor:
        for pragma in ("synchronous=OFF", "cache_size=-400000", "temp_store=MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        indices = [(i.name, i) for i in Suceso._meta.indexes]
        with connection.schema_editor() as editor:
            for _, indice in indices:
                editor.remove_index(Suceso, indice)
        cursor.execute(orden)
        with connection.schema_editor() as editor:
            for _, indice in indices:
                editor.add_index(Suceso, indice)


def hace(dias: int) -> str:
    from django.utils import timezone

    return (timezone.localdate() - timedelta(days=dias)).isoformat()


def casos(total: int) -> dict[str, dict[str, str]]:
    from archivo.auditoria.puerta import Suceso

    medio = Suceso.objects.get(pk=total // 2)
    return {
        "sin filtros": {},
        "una persona": {"quien": "p137"},
        "una clase común": {"clase": "item.consultado"},
        "una clase rara": {"clase": "suplencia.registrada"},
        "lecturas y descargas": {"clase": "lecturas"},
        "una familia": {"clase": "item."},
        "un documento": {"objeto": medio.objeto},
        "un día": {"desde": hace(900), "hasta": hace(900)},
        "un año": {"desde": hace(1465), "hasta": hace(1100)},
        "rechazados": {"resultado": "rechazado"},
        "persona y clase": {"quien": "p137", "clase": "archivo.descargado"},
        "persona, clase y año": {"quien": "p137", "clase": "item.corregido", "desde": hace(1465), "hasta": hace(1100)},
        "persona y rechazados": {"quien": "p137", "resultado": "rechazado"},
        "clase, rechazados, mes": {"clase": "item.publicar", "resultado": "rechazado", "desde": hace(400), "hasta": hace(370)},
        "clase rara y persona": {"clase": "suplencia.registrada", "quien": "p44"},
        "a la mitad": {"sigue": f"{medio.momento.timestamp():.6f}-{medio.pk}"},
        "una familia, a la mitad": {"clase": "item.", "sigue": f"{medio.momento.timestamp():.6f}-{medio.pk}"},
        "el primer día": {"hasta": hace(365 * ANIOS - 1)},
    }


def medir(veces: int, total: int) -> float:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, setup_test_environment
    from django.urls import reverse

    from archivo.identidad.puerta import Usuario

    setup_test_environment()
    peor, camino = 0.0, reverse("oficina_bitacora")
    cliente = Client(headers={"host": "127.0.0.1"})
    cliente.force_login(Usuario.objects.get(username="auditora"))
    cliente.get(camino)
    for caso, filtros in casos(total).items():
        tiempos = []
        for _ in range(veces):
            with CaptureQueriesContext(connection) as consultas:
                inicio = time.perf_counter()
                respuesta = cliente.get(camino, filtros)
                tiempos.append((time.perf_counter() - inicio) * 1000)
        assert respuesta.status_code == 200, (caso, respuesta.status_code)
        tiempos.sort()
        peor = max(peor, tiempos[len(tiempos) // 2])
        vistos, cuenta = len(respuesta.context["sucesos"]), respuesta.context["total"]
        exacta = "" if respuesta.context["exacto"] else "+"
        print(
            f"{caso:26} {tiempos[0]:6.0f} a {tiempos[-1]:6.0f} ms  {len(consultas):2} consultas  {vistos:3} filas de {cuenta:,}{exacta}",
            flush=True,
        )
    return peor


def main() -> int:
    lector = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lector.add_argument("--sucesos", type=int, default=10_000_000)
    lector.add_argument("--carpeta", type=Path)
    lector.add_argument("--veces", type=int, default=3)
    opciones = lector.parse_args()
    with tempfile.TemporaryDirectory() as temporal:
        os.environ["ACERVO_DATOS"] = str(opciones.carpeta or temporal)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archivo.settings.desarrollo")
        import django
        from django.conf import settings

        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        }
        django.setup()
        from django.core.management import call_command

        from archivo.auditoria.puerta import Suceso

        call_command("migrate", verbosity=0)
        if not Suceso.objects.exists():
            inicio = time.perf_counter()
            llenar(opciones.sucesos)
            print(f"{opciones.sucesos:,} sucesos en {time.perf_counter() - inicio:.0f} s", flush=True)
        peor = medir(opciones.veces, opciones.sucesos)
    print(f"La peor: {peor:.0f} ms (límite {LIMITE_MS} ms)")
    return int(peor > LIMITE_MS)


if __name__ == "__main__":
    sys.exit(main())
