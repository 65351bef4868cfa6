"""La muestra se genera una vez para todas las pruebas."""

import pytest

from archivo.muestra.generador import generar
from archivo.muestra.modelo import ElementoDeMuestra


@pytest.fixture(scope="session")
def elementos() -> list[ElementoDeMuestra]:
    return list(generar())
