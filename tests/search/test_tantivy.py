"""El motor embebido: el contrato, y lo suyo (archivos, procesos, caídas)."""

from pathlib import Path

from search import SearchEngine, open_engine
from tests.search.contrato import ContratoDelMotor
from tests.search.mundo import ESQUEMA


class TestTantivy(ContratoDelMotor):
    def abrir(self, carpeta: Path) -> SearchEngine:
        return open_engine("tantivy", carpeta, ESQUEMA, heap_mb=64)
