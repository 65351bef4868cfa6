"""El servidor de los recorridos no atiende a nadie fuera de uno: lo que llega tarde no encuentra la base a medio vaciar."""

from http.client import RemoteDisconnected
from urllib.request import urlopen

import pytest

from archivo.indexacion.puerta import asegurar


def test_con_el_porton_cerrado_nadie_entra(live_server, porton, transactional_db):
    asegurar()
    porton.cerrar()
    with pytest.raises(RemoteDisconnected):
        urlopen(f"{live_server.url}/ayuda/", timeout=20)
    porton.abrir()
    assert urlopen(f"{live_server.url}/ayuda/", timeout=20).status == 200
