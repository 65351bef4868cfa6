"""El trabajador como proceso: se apaga con orden y, si lo matan, nada se pierde."""

import os
import random
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.tasks import TaskResultStatus
from django.utils import timezone

from archivo.identidad.puerta import Area
from archivo.tareas.models import TareaPeriodica
from archivo.tareas.puerta import Encargo, pendientes
from tests.archivo.tareas.tareas_de_prueba import anotar, contar, esperar_archivo
from tests.servidores.espera import hasta_que

RAIZ = Path(__file__).resolve().parents[3]


@contextmanager
def trabajador(base, tmp_path):
    """Un proceso `manage.py trabajador` sobre la base de la prueba, con arriendos de 2 s."""
    ambiente = os.environ | {
        "DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo",
        "ACERVO_BASE": base.url,
        "ACERVO_DATOS": str(tmp_path / "datos"),
        "ACERVO_ARRIENDO_SEGUNDOS": "2",
    }
    proceso = subprocess.Popen([sys.executable, "manage.py", "trabajador"], cwd=RAIZ, env=ambiente, stderr=subprocess.DEVNULL)
    try:
        yield proceso
    finally:
        proceso.kill()
        proceso.wait()


def apurar_el_barrido():
    TareaPeriodica.objects.filter(nombre__endswith="barrer").update(proxima=timezone.now() - timedelta(seconds=1))


def test_una_vez_vacia_la_cola_y_sale(base_sqlite, capsys):
    anotar.enqueue("a")
    anotar.enqueue("b")
    call_command("trabajador", "--una-vez")
    assert "Encargos corridos: 2." in capsys.readouterr().out
    assert Area.objects.count() == 2


def test_sigterm_deja_terminar_lo_que_corre(cada_base, tmp_path):
    empezo, seguir = tmp_path / "empezo", tmp_path / "seguir"
    esperar_archivo.enqueue(str(seguir), str(empezo))
    with trabajador(cada_base, tmp_path) as proceso:
        hasta_que(empezo.exists, 60, "que empiece la tarea")
        proceso.send_signal(signal.SIGTERM)
        seguir.touch()
        assert proceso.wait(15) == 0
    assert Encargo.objects.get().estado == TaskResultStatus.SUCCESSFUL


def test_lo_ligero_no_espera_a_lo_pesado(base_sqlite, tmp_path):
    contar.enqueue(10_000_000)
    with trabajador(base_sqlite, tmp_path):
        hasta_que(lambda: Encargo.objects.filter(estado=TaskResultStatus.RUNNING).exists(), 60, "que empiece lo pesado")
        anotar.enqueue("ligera")
        hasta_que(Area.objects.filter(clave="ligera").exists, 20, "que corra lo ligero")
        assert Encargo.objects.get(tarea__endswith="contar").estado == TaskResultStatus.RUNNING


def test_kill_9_a_media_tarea_y_otro_trabajador_la_termina(cada_base, tmp_path):
    empezo, seguir = tmp_path / "empezo", tmp_path / "seguir"
    esperar_archivo.enqueue(str(seguir), str(empezo))
    with trabajador(cada_base, tmp_path) as primero:
        hasta_que(empezo.exists, 60, "que empiece la tarea")
        primero.kill()
    assert Encargo.objects.get().estado == TaskResultStatus.RUNNING
    seguir.touch()
    with trabajador(cada_base, tmp_path):
        hasta_que(lambda: apurar_el_barrido() or pendientes() == 0, 60, "que otro trabajador la termine")
    encargo = Encargo.objects.get()
    assert (encargo.estado, encargo.intentos) == (TaskResultStatus.SUCCESSFUL, 2)


@pytest.mark.lento
def test_cincuenta_kill_9_y_nada_se_pierde_ni_aparece_de_mas(base_postgres, tmp_path):
    azar = random.Random(7)
    for numero in range(1000):
        anotar.enqueue(f"a{numero}")
    muertes = 0
    while muertes < 50 and pendientes():
        with trabajador(base_postgres, tmp_path) as proceso:
            antes = pendientes()
            meta = antes - azar.randint(1, 25)
            hasta_que(lambda meta=meta: apurar_el_barrido() or pendientes() <= max(0, meta), 60, "que avance")
            proceso.kill()
            muertes += 1
    with trabajador(base_postgres, tmp_path):
        hasta_que(lambda: apurar_el_barrido() or pendientes() == 0, 120, "que se vacíe la cola")
    assert Area.objects.count() == 1000
    assert set(Encargo.objects.values_list("estado", flat=True)) == {TaskResultStatus.SUCCESSFUL}
