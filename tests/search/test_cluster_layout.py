"""La forma de los índices de un motor externo, sin servidor."""

import pytest

from search.backends.cluster import layout
from tests.search.mundo import ESQUEMA


def test_otra_forma_del_indice_es_otra_huella(monkeypatch: pytest.MonkeyPatch) -> None:
    antes = layout.fingerprint(ESQUEMA)
    monkeypatch.setattr(layout, "LAYOUT_VERSION", layout.LAYOUT_VERSION + 1)
    assert antes != layout.fingerprint(ESQUEMA) != ESQUEMA.fingerprint()


def test_solo_se_busca_por_los_campos_que_se_preguntan() -> None:
    """Los demás se leen en columna: la mitad del índice que los buscaría no se escribe."""
    campos = layout.bodies(ESQUEMA, 1, "opensearch")["items"]["mappings"]["properties"]
    sin_buscar = {nombre for nombre, campo in campos.items() if campo.get("index") is False and campo.get("doc_values", True)}
    assert sin_buscar == {"by_title", "version", "number", "variant", "slot"}


def test_los_dos_motores_puntuan_en_la_misma_escala() -> None:
    """OpenSearch 3 quitó de la suya un factor que Elasticsearch conserva."""
    ajustes = {marca: layout.bodies(ESQUEMA, 1, marca)["pages"]["settings"]["index"] for marca in ("elasticsearch", "opensearch")}
    assert [ajustes[marca].get("similarity") for marca in ajustes] == [None, {"default": {"type": "LegacyBM25"}}]
