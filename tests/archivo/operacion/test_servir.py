"""El archivo en marcha: un supervisor, sus hijos, y ninguno que se quede solo."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from django.core.management import CommandError, call_command

from archivo.operacion.servicio import contesta
from tests.servidores.espera import hasta_que

RAIZ = Path(__file__).resolve().parents[3]
PLAZO = 90


def puerto_libre():
    with socket.create_server(("127.0.0.1", 0)) as zocalo:
        return zocalo.getsockname()[1]


def descendientes(pid):
    return psutil.Process(pid).children(recursive=True)


def vivos(procesos):
    return [p for p in procesos if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def acepta(puerto):
    with socket.socket() as zocalo:
        return zocalo.connect_ex(("127.0.0.1", puerto)) == 0


def en_pagina(puerto):
    return contesta("127.0.0.1", puerto)


@contextmanager
def archivo_en_marcha(base, tmp_path, *, listo):
    """`manage.py servir` sobre la base de la prueba; da el proceso y su puerto cuando `listo(puerto)`."""
    puerto = puerto_libre()
    ambiente = os.environ | {
        "DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo",
        "ACERVO_BASE": base.url,
        "ACERVO_DATOS": str(tmp_path / "archivo"),
        "ACERVO_PROCESOS_WEB": "1",
        "PUERTO": str(puerto),
    }
    if listo is en_pagina:
        subprocess.run(
            [sys.executable, "manage.py", "indice", "reconstruir"], cwd=RAIZ, env=ambiente, check=True, capture_output=True
        )
    proceso = subprocess.Popen(
        [sys.executable, "manage.py", "servir"], cwd=RAIZ, env=ambiente, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    hijos = []
    try:
        hasta_que(lambda: proceso.poll() is None and listo(puerto), PLAZO, "que la página conteste")
        hijos = descendientes(proceso.pid)
        yield proceso, puerto
    finally:
        proceso.kill()
        proceso.communicate()
        for hijo in vivos(hijos):
            hijo.kill()


def hijo_llamado(proceso, orden):
    return next(p for p in psutil.Process(proceso.pid).children() if orden in p.cmdline())


def test_repone_al_hijo_que_muere_y_termina_en_orden(base_sqlite, tmp_path):
    with archivo_en_marcha(base_sqlite, tmp_path, listo=en_pagina) as (proceso, puerto):
        assert {p.cmdline()[3] for p in psutil.Process(proceso.pid).children()} == {"web", "trabajador", "indizador"}
        for orden in ("web", "trabajador", "indizador"):
            viejo = hijo_llamado(proceso, orden)
            viejo.kill()
            hasta_que(
                lambda viejo=viejo, orden=orden: any(
                    p.pid != viejo.pid and orden in p.cmdline() for p in psutil.Process(proceso.pid).children()
                ),
                PLAZO,
                f"que vuelva {orden}",
            )
        hasta_que(lambda: contesta("127.0.0.1", puerto), PLAZO, "que la página vuelva a contestar")
        familia = descendientes(proceso.pid)
        proceso.send_signal(signal.SIGTERM)
        assert proceso.wait(20) == 0
        assert vivos(familia) == []
        assert "Acervo atiende en" in proceso.stdout.read().decode()


def test_si_matan_al_supervisor_no_queda_nadie(base_sqlite, tmp_path):
    with archivo_en_marcha(base_sqlite, tmp_path, listo=acepta) as (proceso, puerto):
        familia = descendientes(proceso.pid)
        assert len(familia) >= 3
        proceso.kill()
        hasta_que(lambda: not vivos(familia), 30, "que terminen los huérfanos")
        with pytest.raises(ConnectionRefusedError):
            http.client.HTTPConnection("127.0.0.1", puerto, timeout=2).connect()


def test_un_puerto_ocupado_se_dice_antes_de_hacer_nada():
    with socket.create_server(("127.0.0.1", 0)) as ocupado:
        puerto = ocupado.getsockname()[1]
        for orden in ("servir", "demo"):
            with pytest.raises(CommandError, match=f"El puerto {puerto} está ocupado") as error:
                call_command(orden, puerto=puerto)
            assert error.value.returncode == 2


@pytest.mark.parametrize(
    ("anfitrion", "puerto", "dice"), [("127.0.0.1", 99999, "no es un puerto"), ("192.0.2.1", 8000, "no tiene la dirección")]
)
def test_un_lugar_imposible_se_dice(anfitrion, puerto, dice):
    with pytest.raises(CommandError, match=dice):
        call_command("servir", anfitrion=anfitrion, puerto=puerto)
