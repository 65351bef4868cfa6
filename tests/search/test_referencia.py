"""El motor de referencia cumple el contrato."""

from pathlib import Path

from search import SearchEngine, open_engine
from tests.search.contrato import ContratoDelMotor
from tests.search.mundo import ESQUEMA


class TestReferencia(ContratoDelMotor):
    def abrir(self, carpeta: Path) -> SearchEngine:
        return open_engine("reference", carpeta, ESQUEMA)
