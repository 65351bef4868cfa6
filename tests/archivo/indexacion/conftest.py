"""El archivo sobre un motor externo, con un índice propio de cada prueba."""

import itertools
import os

import pytest

from archivo.indexacion.motor import motor
from archivo.indexacion.puerta import asegurar
from tests.servidores.motores import Motor

_numeros = itertools.count(1)


@pytest.fixture(params=["elasticsearch", "opensearch"])
def externo(request, settings):
    """El motor externo de esta prueba, con un prefijo propio."""
    servidor: Motor = request.getfixturevalue(request.param)
    settings.ACERVO_BUSQUEDA = servidor.ajuste
    settings.ACERVO_BUSQUEDA_PREFIJO = f"a{os.getpid()}_{next(_numeros)}"
    settings.ACERVO_BUSQUEDA_ESPERA = 20.0
    asegurar()
    yield servidor
    settings.ACERVO_BUSQUEDA = servidor.ajuste
    motor().forget_everything()
