"""La orden `sucesos`."""

import json

import pytest
from django.core.management import call_command

from archivo.auditoria import verificacion
from archivo.auditoria.puerta import SucesoNuevo, registrar

pytestmark = pytest.mark.django_db


def test_sellar_y_verificar_en_json(capsys):
    registrar(SucesoNuevo("item.creado"))
    call_command("sucesos", "sellar", "--json")
    assert json.loads(capsys.readouterr().out) == {"sellados": 1}
    call_command("sucesos", "verificar", "--json")
    informe = json.loads(capsys.readouterr().out)
    assert (informe["integro"], informe["sucesos"], informe["pendientes"], informe["fallas"]) == (True, 1, 0, [])


def test_una_historia_alterada_sale_con_uno_y_lo_dice(capsys, monkeypatch):
    registrar(SucesoNuevo("item.creado"))
    call_command("sucesos", "sellar")
    monkeypatch.setattr(verificacion, "huella_de", lambda anterior, sello, filas: f"otra {len(list(filas))}")
    with pytest.raises(SystemExit) as salida:
        call_command("sucesos", "verificar")
    assert salida.value.code == 1
    assert "no es como se selló" in capsys.readouterr().out
