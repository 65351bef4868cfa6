"""La llave pública se da sin volver a abrir la privada, y nunca una que ya no es."""

import pytest

from certificaciones.registro import llaves

pytestmark = pytest.mark.django_db


def test_la_publica_no_reabre_la_privada_y_sigue_a_su_archivo(settings, tmp_path, monkeypatch):
    settings.ACERVO_DATOS = tmp_path
    primera = llaves.llave_publica("expedidas")
    assert llaves.llave_publica("expedidas") == primera
    leer, veces = llaves._leer, []
    monkeypatch.setattr(llaves, "_leer", lambda ruta: veces.append(ruta) or leer(ruta))
    assert llaves.llave_publica("expedidas") == primera
    assert veces == []
    llaves.ruta_de("expedidas").unlink()
    segunda = llaves.llave_publica("expedidas")
    assert segunda != primera
    assert llaves.llave_publica("expedidas") == segunda == llaves.llave_de("expedidas").publica.como_texto()
