"""Which engine, by its name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from search.backends.reference import ReferenceEngine
from search.backends.tantivy import TantivyEngine
from search.cluster import ClusterOptions, read_address
from search.engine import SearchEngine
from search.errors import InvalidRequest
from search.schema import Schema

DEFAULT_HEAP_MB = 256


def open_engine(
    name: str, folder: Path, schema: Schema, *, heap_mb: int = DEFAULT_HEAP_MB, cluster: ClusterOptions | None = None
) -> SearchEngine:
    """The engine of that name: «tantivy» over the index in `folder` (made when something is written), «reference» in memory,
    or «elasticsearch:URL» and «opensearch:URL» in a cluster used as `cluster` says.

    `heap_mb` bounds the memory of tantivy's writer. Nothing is opened until the first call, so it may be made before a fork.
    """
    if name == "reference":
        return ReferenceEngine(schema)
    if name == "tantivy":
        return TantivyEngine(folder, schema, heap_mb=heap_mb)
    address = read_address(name)
    try:
        opener = import_module("search.backends.cluster").open_cluster
    except ImportError as error:
        extra = "produccion" if address.kind == "elasticsearch" else "opensearch"
        raise InvalidRequest(f"The client of {address.kind} is not installed: add the extra «{extra}».") from error
    engine: SearchEngine = opener(name, schema, cluster or ClusterOptions())
    return engine
