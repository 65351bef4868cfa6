"""Muertes súbitas (SIGKILL) de web, trabajador, indizador y la propia importación: nada se pierde ni se duplica."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from archivo.catalogo.puerta import Item, Pagina
from archivo.indexacion.models import CambioIndice
from tests.archivo.operacion.test_servir import acepta, archivo_en_marcha, vivos
from tests.servidores.espera import hasta_que

RAIZ = Path(__file__).resolve().parents[3]


def _orden(ambiente, *args):
    terminada = subprocess.run(
        [sys.executable, "manage.py", *args, "--json"], cwd=RAIZ, env=ambiente, capture_output=True, text=True, check=False
    )
    assert terminada.returncode == 0, terminada.stderr[-800:]
    return json.loads(terminada.stdout)


def _filas(ruta, cuantas):
    with ruta.open("w") as archivo:
        for n in range(cuantas):
            fila = {
                "id": f"m:{n}",
                "tipo": "comunicado",
                "titulo": f"Comunicado número {n}",
                "fecha": "2024-05-06",
                "dependencia": "Obras",
            }
            archivo.write(json.dumps(fila | {"texto": f"Texto del comunicado {n}. " * 8}) + "\n")
    return ruta


def _ambiente(base, tmp_path):
    propios = {
        "DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo",
        "ACERVO_BASE": base.url,
        "ACERVO_DATOS": str(tmp_path / "archivo"),
    }
    return os.environ | propios


def _indice(ambiente):
    """Cuántos elementos tiene el índice puesto al día, en cuántos difiere de la base y cuántos cambios le faltan."""
    _orden(ambiente, "indice", "poner-al-dia")
    estado = _orden(ambiente, "indice", "verificar")
    return estado["elementos"], estado["diferencias"], estado["pendientes"]


def importar_entre_muertes(base, tmp_path, *, filas, muertes):
    """Importa con el archivo en marcha mientras mueren sus procesos: cuántas filas dice que creó y cómo quedó el índice."""
    azar = random.Random(2026)
    ruta = _filas(tmp_path / "filas.jsonl", filas)
    ambiente = _ambiente(base, tmp_path)
    with archivo_en_marcha(base, tmp_path, listo=acepta) as (proceso, _):
        importacion = subprocess.Popen(
            [sys.executable, "manage.py", "importar", str(ruta), "--publicar", "--acceso", "publico", "--json"],
            cwd=RAIZ, env=ambiente, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        for _ in range(muertes):
            hijos = vivos(psutil.Process(proceso.pid).children())
            victima = azar.choice(hijos)
            victima.send_signal(signal.SIGKILL)
            hasta_que(lambda v=victima: not vivos([v]), 30, "que muera")
            cuantos = len(hijos)
            hasta_que(lambda cuantos=cuantos: len(vivos(psutil.Process(proceso.pid).children())) >= cuantos, 60, "que vuelva")
        salida, errores = importacion.communicate(timeout=1200)
        assert importacion.returncode == 0, errores[-800:]
        return json.loads(salida)["creadas"], _indice(ambiente)


def test_muere_un_hijo_durante_una_importacion(base_sqlite, tmp_path):
    assert importar_entre_muertes(base_sqlite, tmp_path, filas=600, muertes=1) == (600, (600, 0, 0))


@pytest.mark.lento
def test_cinco_muertes_durante_veinte_mil_filas(base_sqlite, tmp_path):
    assert importar_entre_muertes(base_sqlite, tmp_path, filas=20_000, muertes=5) == (20_000, (20_000, 0, 0))


def test_muere_la_importacion_y_se_repite(base_sqlite, tmp_path):
    filas = 3000
    ruta = _filas(tmp_path / "filas.jsonl", filas)
    ambiente = _ambiente(base_sqlite, tmp_path)
    orden = [sys.executable, "manage.py", "importar", str(ruta), "--json"]
    primera = subprocess.Popen(orden, cwd=RAIZ, env=ambiente, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    hasta_que(lambda: primera.poll() is not None or Item.objects.count() > 0, 60, "que entre el primer lote")
    primera.kill()
    primera.wait()
    entraron = Item.objects.count()
    assert 0 < entraron < filas
    assert entraron == Pagina.objects.count() == CambioIndice.objects.count()
    segunda = subprocess.run(orden, cwd=RAIZ, env=ambiente, capture_output=True, text=True, check=True)
    resultado = json.loads(segunda.stdout)
    assert (resultado["sin_cambio"], resultado["creadas"]) == (entraron, filas - entraron)
    assert _indice(ambiente) == (filas, 0, 0)
