"""The engine layer of the archive's search: pure Python, no models. This module is its only door.

Open an engine with the fields of the archive, write documents, ask with a scope:

    schema = Schema([Keyword("tipo"), Keyword("area", label_searchable=True), Integer("anio")])
    fields = QueryFields(schema, {"año": "anio", "título": "title", "fecha": "date"})
    engine = open_engine("tantivy", Path("datos/indice"), schema)
    with engine.writer() as writer:
        writer.ensure_generation()
        writer.apply([Upsert("pub", Document(key="7", version=1, acl=frozenset({"p"}), title="Boletín 45", order=7,
                                             parts=(Part(1, "Vacunación en la alcaldía"),)))])
    scope = Scope("pub", frozenset({"p"}), frozenset())
    query = parse("vacunaciones año:1990..1995", fields)
    answer = engine.search(SearchRequest(scope, query, facets=(Facet("tipo"),)))
    pages = engine.pages([hit.key for hit in answer.hits], query, scope)
    piece = snippet("Vacunación en la alcaldía", query, 240)   # text of the page, from the database

The index is a cache: it can always be rebuilt from the database. Every read takes a `Scope`; without one there is none.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from search.analysis import ANALYSIS_VERSION, fold, sort_key
from search.backends.reference import ReferenceEngine
from search.backends.tantivy import TantivyEngine
from search.cluster import ClusterOptions, read_address
from search.dates import canonical_date, date_interval
from search.deadline import time_limit
from search.documents import Delete, Document, Operation, Part, Upsert
from search.engine import (
    KEYSET_SORTS,
    MAX_LIMIT,
    MAX_OFFSET,
    Applied,
    Between,
    Facet,
    FacetValue,
    Filter,
    Generation,
    Health,
    Hit,
    In,
    PageHit,
    Report,
    SearchEngine,
    SearchRequest,
    SearchResponse,
    Sort,
    Suggestion,
    Writer,
)
from search.errors import EngineAbsent, IndexBusy, IndexOutdated, InvalidRequest, SearchError, SearchUnavailable
from search.highlight import Snippet, find_matches, snippet
from search.query import (
    And,
    Boost,
    Field,
    Fuzzy,
    MatchAll,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    QueryFields,
    Range,
    Term,
    Word,
    parse,
)
from search.schema import Integer, Keyword, Schema
from search.scope import IndexName, Scope
from search.split import PART_SIZE, split_parts

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


__all__ = [
    "ANALYSIS_VERSION", "DEFAULT_HEAP_MB", "KEYSET_SORTS", "MAX_LIMIT", "MAX_OFFSET", "PART_SIZE", "And", "Applied", "Between", "Boost",
    "ClusterOptions", "Delete", "Document", "EngineAbsent", "Facet", "FacetValue", "Field", "Filter", "Fuzzy", "Generation", "Health", "Hit", "In", "IndexBusy",
    "IndexName", "IndexOutdated", "Integer", "InvalidRequest", "Keyword", "MatchAll", "Node", "Not", "Operation", "Or", "PageHit",
    "Part", "Phrase", "Prefix", "QueryFields", "Range", "Report", "Schema", "Scope", "SearchEngine", "SearchError",
    "SearchRequest", "SearchResponse", "SearchUnavailable", "Snippet", "Sort", "Suggestion", "Term", "Upsert", "Word", "Writer",
    "canonical_date", "date_interval", "find_matches", "fold", "open_engine", "parse", "read_address",
    "snippet", "sort_key", "split_parts", "time_limit",
]  # fmt: skip
