"""Los motores de las pruebas son servidores de verdad, con la versión que se dijo."""

import json
import urllib.request

import pytest

from tests.servidores import motores
from tests.servidores.motores import VERSIONES, Motor
from tests.servidores.postgres import NoDisponible


@pytest.mark.motores
@pytest.mark.parametrize("nombre", ["elasticsearch", "opensearch"])
def test_cada_motor_es_el_que_dice(request, nombre):
    motor: Motor = request.getfixturevalue(nombre)
    sin_intermediario = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    with sin_intermediario(f"{motor.url}/_nodes/_local?filter_path=nodes.*.version", timeout=10) as respuesta:
        nodos = json.load(respuesta)["nodes"].values()
    assert [nodo["version"] for nodo in nodos] == [VERSIONES[nombre]]
    assert motor.ajuste == f"{nombre}:{motor.url}"


def test_sin_java_se_dice_que_falta(monkeypatch):
    monkeypatch.setattr(motores, "_version", lambda casa: 17)
    with pytest.raises(NoDisponible, match="Java 21"):
        motores._java()


def test_sin_maven_se_dice_que_falta(monkeypatch, tmp_path):
    monkeypatch.setattr(motores.shutil, "which", lambda orden: None)
    with pytest.raises(NoDisponible, match="mvn"):
        motores._bajar("opensearch", tmp_path)
