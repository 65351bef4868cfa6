"""Añadir un tipo toca sólo sus propios archivos: se declara uno fuera del producto y se recorre entero."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[3]


def test_un_tipo_declarado_aparte_se_captura_importa_busca_y_muestra(plantilla_sqlite, tmp_path):
    shutil.copyfile(plantilla_sqlite, tmp_path / "acervo.sqlite3")
    entorno = {**os.environ, "CARPETA_DE_LA_PRUEBA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.tipo_de_mas.settings"}
    corrida = subprocess.run(
        [sys.executable, "-m", "tests.tipo_de_mas.recorrido"], cwd=RAIZ, env=entorno, capture_output=True, text=True, check=False
    )
    assert corrida.returncode == 0, corrida.stderr[-3000:]
    assert json.loads(corrida.stdout.splitlines()[-1]) == {
        "esquema": True,
        "captura": [200, True],
        "creadas": 1,
        "total": 1,
        "facetas": [{"valor": "maqueta", "total": 1}],
        "ficha": "1:50",
        "portal": [200, True],
    }
