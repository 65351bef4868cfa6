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

from search.analysis import ANALYSIS_VERSION, fold, sort_key
from search.cluster import ClusterOptions, read_address
from search.dates import canonical_date, date_interval
from search.deadline import Budget, time_limit
from search.documents import Delete, Document, Operation, Part, Prepared, Upsert
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
from search.opening import DEFAULT_HEAP_MB, open_engine
from search.places import Place, place_of
from search.query import (
    And,
    Boost,
    Field,
    Fuzzy,
    MatchAll,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    QueryFields,
    Range,
    Synonyms,
    Term,
    Thesaurus,
    Word,
    parse,
)
from search.schema import Integer, Keyword, Schema
from search.scope import IndexName, Scope
from search.selfcheck import Check, check_engine, trial_engine
from search.split import PART_SIZE, split_parts

__all__ = [
    "ANALYSIS_VERSION", "DEFAULT_HEAP_MB", "KEYSET_SORTS", "MAX_LIMIT", "MAX_OFFSET", "PART_SIZE", "And", "Applied", "Between", "Boost",
    "Budget", "Check", "ClusterOptions", "Delete", "Document", "EngineAbsent", "Facet", "FacetValue", "Field", "Filter", "Fuzzy", "Generation", "Health", "Hit", "In", "IndexBusy",
    "IndexName", "IndexOutdated", "Integer", "InvalidRequest", "Keyword", "MatchAll", "Near", "Node", "Not", "Operation", "Or", "PageHit",
    "Part", "Phrase", "Place", "Prefix", "Prepared", "QueryFields", "Range", "Report", "Schema", "Scope", "SearchEngine", "SearchError",
    "SearchRequest", "SearchResponse", "SearchUnavailable", "Snippet", "Sort", "Suggestion", "Synonyms", "Term", "Thesaurus", "Upsert", "Word", "Writer",
    "canonical_date", "check_engine", "date_interval", "find_matches", "fold", "open_engine", "parse", "place_of", "read_address",
    "snippet", "sort_key", "split_parts", "time_limit", "trial_engine",
]  # fmt: skip
