"""Preparar: lo que imprime, que se puede repetir y lo que dice cuando no puede."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from archivo import registros
from archivo.operacion import frases, preparacion

RAIZ = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.django_db


@pytest.fixture
def aportaciones(monkeypatch, settings, tmp_path):
    """Un archivo sin más aportaciones que las de la prueba."""
    propias = registros.Aportaciones()
    monkeypatch.setattr(preparacion, "aportaciones", propias)
    monkeypatch.setattr(registros, "aportaciones", propias)
    settings.STATIC_ROOT = tmp_path / "estaticos"
    return propias


def test_imprime_una_sola_linea_de_json(aportaciones, capsys):
    registros.contador(lambda: 3)
    registros.generacion_de_indice(lambda: "g1")
    call_command("preparar", "--json")
    salida, avances = capsys.readouterr()
    assert json.loads(salida) == {"version": "0.1.0", "base": "sqlite", "indice": "g1", "elementos": 3}
    assert "Preparando la base de datos" in avances


def test_los_instrumentos_corren_por_orden_y_cada_vez(aportaciones):
    corridos = []
    registros.instrumento(orden=200)(lambda: corridos.append("segundo"))
    registros.instrumento(orden=10)(lambda: corridos.append("primero"))
    call_command("preparar")
    assert corridos == ["primero", "segundo"]


def test_los_estaticos_solo_se_reunen_si_cambiaron(aportaciones, monkeypatch, tmp_path):
    reunidos = []
    (tmp_path / "estaticos").mkdir()
    monkeypatch.setattr(preparacion, "call_command", lambda orden, **_: reunidos.append(orden))
    preparacion.reunir_estaticos(lambda _: None)
    preparacion.reunir_estaticos(lambda _: None)
    assert reunidos == ["collectstatic"]


class TestMuestra:
    """La muestra sólo se siembra en un archivo vacío, y si se interrumpe se termina después."""

    def test_se_siembra_una_vez_y_se_indexa(self, aportaciones):
        pasos, elementos = [], []
        registros.contador(lambda: len(elementos))
        registros.al_dia(lambda: pasos.append("índice"))

        @registros.muestra
        def sembrar(avisar):
            pasos.append("siembra")
            elementos.append(1)

        call_command("preparar", "--muestra")
        call_command("preparar", "--muestra")
        assert pasos == ["siembra", "índice", "índice"]

    def test_un_archivo_con_elementos_se_deja_como_esta(self, aportaciones, capsys):
        registros.contador(lambda: 8)
        registros.muestra(lambda avisar: pytest.fail("no debía sembrarse"))
        call_command("preparar", "--muestra")
        assert "ya tiene 8 elementos" in capsys.readouterr().err

    def test_la_interrumpida_se_retoma(self, aportaciones):
        veces = []
        registros.contador(lambda: len(veces))

        @registros.muestra
        def sembrar(avisar):
            veces.append(1)
            if len(veces) == 1:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            call_command("preparar", "--muestra")
        assert preparacion.esta_vacio()
        call_command("preparar", "--muestra")
        assert len(veces) == 2
        assert not preparacion.esta_vacio()


@pytest.mark.parametrize(
    ("error", "dice"),
    [
        (OSError(errno.ENOSPC, "lleno", "/datos/x"), "No queda espacio en el disco de /datos/x"),
        (PermissionError(errno.EACCES, "no", "/datos/x"), "No hay permiso para escribir en /datos/x"),
        (OSError(errno.EROFS, "no", "/datos/x"), "sólo lectura"),
        (OperationalError("database or disk is full"), "No queda espacio"),
        (OperationalError("attempt to write a readonly database"), "No hay permiso"),
        (OperationalError("connection to server failed: Connection refused"), "no contesta"),
    ],
)
def test_lo_previsible_se_dice_en_una_frase(error, dice):
    with pytest.raises(CommandError, match=dice) as fallo, frases.claras():
        raise error
    assert fallo.value.returncode == 2


@pytest.mark.parametrize("error", [OSError(errno.EIO, "roto"), OperationalError("no such table: x"), ValueError("x")])
def test_lo_imprevisto_conserva_su_traza(error):
    with pytest.raises(type(error)), frases.claras():
        raise error


def test_una_carpeta_imposible_termina_con_dos_y_una_frase(tmp_path):
    (tmp_path / "archivo").write_text("no soy carpeta")
    ambiente = os.environ | {
        "ACERVO_DATOS": str(tmp_path / "archivo" / "datos"),
        "DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo",
    }
    hecho = subprocess.run(
        [sys.executable, "manage.py", "preparar", "--json"], cwd=RAIZ, env=ambiente, capture_output=True, text=True
    )
    assert (hecho.returncode, hecho.stdout) == (2, "")
    assert hecho.stderr.startswith("No se puede crear la carpeta")
    assert len(hecho.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("orden", [("indice", "estado"), ("buscar", "agua")])
def test_una_orden_sobre_una_carpeta_sin_preparar_dice_que_hacer(tmp_path, orden):
    ambiente = os.environ | {"ACERVO_DATOS": str(tmp_path), "DJANGO_SETTINGS_MODULE": "archivo.settings.desarrollo"}
    hecho = subprocess.run(
        [sys.executable, "manage.py", orden[0], "--json", orden[1]], cwd=RAIZ, env=ambiente, capture_output=True, text=True
    )
    assert (hecho.returncode, hecho.stdout) == (2, "")
    assert "manage.py preparar" in hecho.stderr and "Traceback" not in hecho.stderr
