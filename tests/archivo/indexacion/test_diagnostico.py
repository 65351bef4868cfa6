"""`indice diagnostico` con el motor embebido, y lo que dice cuando un motor contesta otra cosa."""

import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command

from archivo.indexacion import diagnostico
from search import trial_engine
from search.backends.tantivy.engine import TantivyEngine

pytestmark = pytest.mark.django_db
CLAVES = {
    "motor",
    "generacion",
    "elementos",
    "paginas",
    "pendientes",
    "rechazados",
    "diferencias",
    "version",
    "preguntas",
    "milisegundos",
    "detalle",
}


def test_el_motor_embebido_contesta_como_la_referencia():
    salida = StringIO()
    call_command("indice", "diagnostico", "--json", stdout=salida)
    dato = json.loads(salida.getvalue())
    assert dato.keys() == CLAVES
    assert (dato["diferencias"], dato["detalle"]) == (0, [])
    call_command("indice", "diagnostico", stdout=salida)
    assert "contestó igual que la referencia a 90 peticiones" in salida.getvalue()


def test_lo_que_difiere_se_cuenta_y_se_dice(monkeypatch):
    bien = TantivyEngine.search
    monkeypatch.setattr(TantivyEngine, "search", lambda motor, pedido: replace(bien(motor, pedido), total=10_000))
    salida = StringIO()
    with pytest.raises(SystemExit) as fin:
        call_command("indice", "diagnostico", stdout=salida)
    assert fin.value.code == 1
    assert "contestó distinto" in salida.getvalue() and "total: «" in salida.getvalue()


def test_el_indice_de_prueba_se_borra_aunque_algo_falle():
    with pytest.raises(ZeroDivisionError), trial_engine("tantivy") as motor:
        with motor.writer() as escritor:
            escritor.ensure_generation()
        carpeta = motor._folder.root
        assert carpeta.exists()
        raise ZeroDivisionError
    assert not carpeta.exists()
    assert diagnostico.diagnosticar().elementos == 0
