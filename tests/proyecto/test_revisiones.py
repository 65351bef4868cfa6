"""Lo que revisa `make lint` también es una prueba: la misma lista, leída del Makefile."""

import os
import shutil
import subprocess

import pytest

from tests.proyecto.fuentes import RAIZ

LENTAS = ("mypy",)


def revisiones():
    """Las órdenes de `make lint`, una por prueba."""
    if not shutil.which("make"):
        return []
    salida = subprocess.run(["make", "-n", "lint"], cwd=RAIZ, capture_output=True, text=True, check=True).stdout
    return [linea for linea in salida.splitlines() if linea.startswith(".venv/bin/")]


def nombre(orden):
    partes = orden.split()
    return "-".join(p for p in partes[: 4 if partes[0].endswith("python") else 1] if not p.startswith("-")).replace(
        ".venv/bin/", ""
    )


@pytest.mark.parametrize("orden", [pytest.param(orden, id=nombre(orden)) for orden in revisiones()])
def test_revision(orden, tmp_path):
    ambiente = {k: v for k, v in os.environ.items() if not k.startswith(("ACERVO_", "DJANGO_"))}
    ambiente |= {"ACERVO_DATOS": str(tmp_path / "datos"), "MYPY_CACHE_DIR": str(RAIZ / ".mypy_cache")}
    hecho = subprocess.run(orden, cwd=RAIZ, env=ambiente, capture_output=True, text=True, shell=True)
    assert hecho.returncode == 0, f"{orden}\n{hecho.stdout[-6000:]}\n{hecho.stderr[-3000:]}"


def test_la_lista_no_esta_vacia():
    if not shutil.which("make"):
        pytest.skip("falta make")
    assert len(revisiones()) >= 8
