"""Lo que abre algo no se lee en la bitácora, tampoco cuando la petición sale mal."""

import io
import logging

import pytest
from django.urls import resolve

from archivo.identidad.secretos import SinSecretos

SECRETO = "Zx0c3uZ7kq-_noSeDice"
DIRECCIONES = (
    f"/entrar/{SECRETO}/",
    f"/memoria/auditoria/{SECRETO}/",
    f"/memoria/auditoria/{SECRETO}/cifra/BOL.csv",
    f"/buscar/exportaciones/{SECRETO}/archivo/",
    f"/buscar/aviso/confirmar/{SECRETO}/",
    f"/buscar/aviso/baja/{SECRETO}/",
    f"/remision/{SECRETO}/",
    f"/remision/{SECRETO}/entrega.pdf",
    f"/solicitudes/enlace/{SECRETO}/",
)


@pytest.mark.parametrize("direccion", DIRECCIONES)
def test_la_bitacora_no_dice_lo_que_abre(direccion, rf):
    peticion = rf.get(direccion)
    peticion.resolver_match = resolve(direccion)
    renglon = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (direccion,), None)
    renglon.request = peticion
    assert SinSecretos().filter(renglon)
    assert SECRETO not in renglon.getMessage()
    assert renglon.getMessage().startswith("Not Found: /")


def test_de_punta_a_punta_un_enlace_que_ya_no_sirve_no_queda_escrito(client, db, monkeypatch):
    consola = logging.getHandlerByName("consola")
    monkeypatch.setattr(consola, "stream", io.StringIO())
    respuesta = client.get(f"/memoria/auditoria/{SECRETO}/")
    dicho = consola.stream.getvalue()
    assert respuesta.status_code == 404
    assert "Not Found: /memoria/auditoria/…/" in dicho
    assert SECRETO not in dicho


def test_lo_que_no_es_de_una_peticion_se_escribe_igual():
    renglon = logging.LogRecord("archivo", logging.INFO, "", 0, "Quedan %d", (3,), None)
    assert SinSecretos().filter(renglon)
    assert renglon.getMessage() == "Quedan 3"
