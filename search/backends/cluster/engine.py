"""`SearchEngine` on a cluster. Every query that is run comes out of `compile.scoped`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from elasticsearch.dsl.query import Bool, Term

from search.backends.cluster.compile import asked, characteristic, scoped
from search.backends.cluster.elastic import ElasticTransport
from search.backends.cluster.generations import Generations
from search.backends.cluster.inspection import Inspection
from search.backends.cluster.layout import fingerprint
from search.backends.cluster.lease import leased
from search.backends.cluster.listing import Listing, key_of
from search.backends.cluster.opensearch import OpenSearchTransport
from search.backends.cluster.paging import best_pages
from search.backends.cluster.server import IN_COLUMNS, Server
from search.backends.cluster.sources import prepare
from search.backends.cluster.transport import NotThere, Transport
from search.backends.cluster.vocabulary import Vocabulary
from search.backends.cluster.writer import ClusterWriter
from search.clauses import WordClause
from search.cluster import ClusterOptions, read_address
from search.documents import Operation, Prepared
from search.engine import (
    Health,
    Hit,
    PageHit,
    Report,
    SearchRequest,
    SearchResponse,
    Suggestion,
    Writer,
)
from search.plan import make_plan, page_clauses
from search.query import parse
from search.query.nodes import Node
from search.schema import Schema
from search.scope import IndexName, Scope
from search.wording import asked_words, pick_suggestions, rewrite, split_typed

SIMILAR_SHARE = 0.3


def open_cluster(address: str, schema: Schema, options: ClusterOptions) -> ClusterEngine:
    """The engine at that address («opensearch:https://…»). Nothing is asked of it until the first call."""
    read = read_address(address)
    transport: Transport
    if read.kind == "elasticsearch":
        transport = ElasticTransport(read, options)
    else:
        transport = OpenSearchTransport(read, options)
    return ClusterEngine(transport, schema, options)


class ClusterEngine:
    """The engine of a cluster, whatever its brand."""

    def __init__(self, transport: Transport, schema: Schema, options: ClusterOptions) -> None:
        self.schema = schema
        self._server = Server(transport, options.patience)
        self._generations = Generations(self._server, options.prefix, fingerprint(schema))
        self._inspection = Inspection(self._server, self._generations)
        self._shards = options.shards

    @contextmanager
    def _reading(self, index: IndexName) -> Iterator[str]:
        """The alias to read from; when it is not there, what is the matter is found out and said."""
        try:
            yield self._generations.alias(index, "items")
        except NotThere:
            self._generations.current()
            raise

    def search(self, request: SearchRequest) -> SearchResponse:
        with self._reading(request.scope.index) as alias:
            return Listing(self._server, alias, request, self.schema, shards=self._shards).answer()

    def export(self, request: SearchRequest, batch: int = 1000) -> Iterator[list[str]]:
        with self._reading(request.scope.index) as alias:
            yield from Listing(self._server, alias, request, self.schema, shards=self._shards).keys(batch)

    def pages(self, keys: Sequence[str], query: Node, scope: Scope, per_item: int = 3) -> Mapping[str, tuple[PageHit, ...]]:
        clauses = page_clauses(query)
        if not clauses or not keys:
            return {}
        with self._reading(scope.index) as alias:
            both = f"{alias},{self._generations.alias(scope.index, 'pages')}"
            return best_pages(self._server, both, keys, clauses, (scope, per_item))

    def suggest(self, text: str, scope: Scope, size: int = 8) -> tuple[Suggestion, ...]:
        head, typed = split_typed(text)
        if not typed:
            return ()
        with self._reading(scope.index) as alias:
            plan = make_plan(parse(head), self.schema)
            within = asked(plan, len(plan.words))
            return pick_suggestions(head, Vocabulary(self._server, alias, scope).surfaces(typed, within), size)

    def correct(self, query: Node, scope: Scope) -> str | None:
        with self._reading(scope.index) as alias:
            plans = {word: make_plan(parse(word), self.schema) for word in asked_words(query)}
            clauses = {word: plan.words[0] for word, plan in plans.items() if plan.words}
            plain = {word: clause for word, clause in clauses.items() if isinstance(clause, WordClause)}
            found = Vocabulary(self._server, alias, scope).nearest_of(list(dict.fromkeys(plain.values())))
            return rewrite(query, lambda word: found.get(plain[word].exact) if word in plain else None)

    def similar(self, key: str, scope: Scope, size: int = 10) -> tuple[Hit, ...]:
        with self._reading(scope.index) as alias:
            itself = Term(key=key)
            mine = {"query": scoped(scope, filters=[itself]).to_dict(), "size": 1, "_source": ["signature"]}
            found = self._server.search(alias, mine)["hits"]["hits"]
            stems = str(found[0]["_source"].get("signature", "")).split() if found else []
            if not stems:
                return ()
            others = scoped(scope, must=[characteristic(stems, SIMILAR_SHARE)], filters=[Bool(must_not=[itself])])
            order = [{"_score": "desc"}, {"order": "desc"}]
            body = {"query": others.to_dict(), "size": size, **IN_COLUMNS, "docvalue_fields": ["key"], "sort": order}
            hits = self._server.search(alias, body)["hits"]["hits"]
            return tuple(Hit(key_of(hit), float(hit["sort"][0])) for hit in hits)

    def prepare(self, operations: Sequence[Operation]) -> Prepared:
        return Prepared(prepare(operations, self.schema))

    @contextmanager
    def writer(self, *, timeout: float = 0.0) -> Iterator[Writer]:
        with leased(self._server, self._generations.control, timeout) as lease:
            yield ClusterWriter(self._server, self._generations, lease, self.schema, self._shards)

    def inventory(self, index: IndexName) -> Iterator[tuple[str, int]]:
        with self._reading(index) as alias:
            yield from self._inspection.inventory(alias)

    def applied_seq(self) -> int:
        return self._generations.seq(self._generations.current())

    def verify(self) -> Report:
        with self._reading("all"):
            return self._inspection.verify()

    def health(self) -> Health:
        return self._inspection.health()

    def forget_everything(self) -> None:
        self._generations.drop_all()

    def close(self) -> None:
        self._server.close()
