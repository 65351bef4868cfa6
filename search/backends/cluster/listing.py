"""A list of items: its matching rule, its order and its facets, in one request whenever it can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import batched, chain, islice
from typing import Any

from elasticsearch.dsl.query import Bool, Query, Term

from search.backends.cluster.compile import BONUS, asked, bonus_of, filter_queries, scoped, told_apart
from search.backends.cluster.layout import INTEGER, KEYWORD
from search.backends.cluster.server import IN_COLUMNS, Server
from search.backends.cluster.transport import Json
from search.clauses import Clause
from search.engine import Facet, FacetValue, Hit, SearchRequest, SearchResponse
from search.errors import InvalidRequest, SearchUnavailable
from search.filters import filter_clauses
from search.plan import Attempt, make_plan
from search.ranking import WINDOW
from search.schema import Integer, Schema

SHARD_SIZE = 60_000  # values each shard may report: more than any field has, so that counts are exact
ORDERS: Mapping[str, tuple[str, str]] = {
    "date": ("by_date", "asc"),
    "-date": ("by_date_down", "desc"),
    "title": ("by_title", "asc"),
    "-order": ("order", "desc"),
}
Order = list[dict[str, str]]
_REVERSED = {"asc": "desc", "desc": "asc"}


class Listing:
    """One request on one index."""

    def __init__(self, server: Server, index: str, request: SearchRequest, schema: Schema, *, shards: int) -> None:
        self._server = server
        self._index = index
        self._shards = shards
        self._request = request
        self._schema = schema
        self._filters = filter_clauses(request.filters, schema)
        self._attempts = make_plan(request.query, schema).attempts(request.match)
        self._counted = {facet.field for facet in request.facets} & self._filters.keys()
        self._facets = {facet.field: self._terms(facet) for facet in request.facets}

    def answer(self) -> SearchResponse:
        """The page asked for, its total and its facets."""
        anchor = self._anchor()
        for attempt in self._attempts:
            found = self._server.search(self._index, self._body(attempt, anchor), options=self._options(attempt))
            total = int(found["hits"]["total"]["value"])
            if total:
                break
        hits = self._hits(found["hits"]["hits"], attempt, backwards=bool(anchor and self._request.before))
        return SearchResponse(total, attempt.mode, tuple(hits), self._values(found.get("aggregations", {})))

    def _ranked(self, attempt: Attempt) -> bool:
        return self._request.sort == "relevance" and attempt.plan.ranks

    def order(self, attempt: Attempt) -> Order:
        """An order without ties."""
        if self._ranked(attempt):
            return [{"_score": "desc"}, {"order": "desc"}]
        field, way = ORDERS["-date" if self._request.sort == "relevance" else self._request.sort]
        return [{field: way}]

    def query(self, attempt: Attempt, names: Sequence[str] | None = None) -> Query:
        """The query of the list with the filters of those fields, or with all."""
        clauses = [clause for name, clause in self._filters.items() if names is None or name in names]
        asks = asked(attempt.plan, attempt.needed)
        scored = self._ranked(attempt)
        filters = filter_queries(clauses) + ([] if scored else asks)
        return scoped(self._request.scope, must=asks if scored else [], filters=filters)

    def _body(self, attempt: Attempt, anchor: Any) -> dict[str, Any]:
        request = self._request
        always = [name for name in self._filters if name not in self._counted]
        body: dict[str, Any] = {
            "query": self.query(attempt, always).to_dict(),
            "track_total_hits": True,
            **IN_COLUMNS,
            "docvalue_fields": ["key"],
            "sort": self.order(attempt),
            **self._stretch(attempt),
        }
        chosen = [self._filters[name] for name in sorted(self._counted)]
        if self._at_once(attempt):
            body["post_filter"] = told_apart(chosen, attempt.plan).to_dict()
        elif chosen:
            body["post_filter"] = _each(chosen).to_dict()
        if request.facets:
            body["aggs"] = self._aggregations()
        if anchor is not None:
            body["search_after"] = [anchor]
            if request.before:
                body["sort"] = [{field: _REVERSED[way] for field, way in each.items()} for each in body["sort"]]
        return body

    def _stretch(self, attempt: Attempt) -> dict[str, int]:
        """What to read: the first window whole when its order may change."""
        start, limit = self._request.offset, self._request.limit
        if self._reorders(attempt):
            return {"from": 0, "size": max(start + limit, WINDOW)}
        return {"from": start, "size": limit}

    def _reorders(self, attempt: Attempt) -> bool:
        starts_inside = self._request.offset < WINDOW and self._request.limit > 0
        return self._ranked(attempt) and starts_inside and bool(attempt.plan.neighbours)

    def _at_once(self, attempt: Attempt) -> bool:
        """Whether the bonus comes with the list. Each shard would weigh its own by how common the words are in it alone."""
        return self._reorders(attempt) and self._shards == 1

    def _options(self, attempt: Attempt) -> dict[str, str]:
        """What is counted is kept by the server until the index changes; without scores, shards need not agree on them first."""
        options = {"include_named_queries_score": "true"} if self._at_once(attempt) else {}
        if self._request.facets:
            options["request_cache"] = "true"
        return options if self._ranked(attempt) else {**options, "search_type": "query_then_fetch"}

    def _anchor(self) -> Any:
        """Where in the order is the item that the page follows or precedes, if the scope sees it."""
        key = self._request.after or self._request.before
        if not key:
            return None
        query = scoped(self._request.scope, filters=[Term(key=key)])
        field, _ = ORDERS[self._request.sort]
        body = {"query": query.to_dict(), "size": 1, **IN_COLUMNS, "sort": [{field: "asc"}]}
        found = self._server.search(self._index, body)["hits"]["hits"]
        return found[0]["sort"][0] if found else None

    def _hits(self, found: Sequence[Json], attempt: Attempt, *, backwards: bool) -> Iterator[Hit]:
        if self._reorders(attempt):
            start, end = self._request.offset, self._request.offset + self._request.limit
            window = found[:WINDOW]
            earned = _earned(window) if self._at_once(attempt) else self._bonus(window, attempt)
            found = [*_settled(window, earned), *found[WINDOW:]][start:end]
        for hit in reversed(found) if backwards else found:
            yield Hit(key_of(hit), float(hit["sort"][0]) if self._ranked(attempt) else 0.0)

    def _bonus(self, window: Sequence[Json], attempt: Attempt) -> dict[int, float]:
        """What those of a window earn, by their `order`, when the list did not bring it."""
        orders = [int(hit["sort"][1]) for hit in window]
        if not orders:
            return {}
        query = bonus_of(attempt.plan, orders, self._request.scope)
        order = [{"_score": "desc"}, {"order": "desc"}]
        body = {"query": query.to_dict(), "size": WINDOW, **IN_COLUMNS, "track_total_hits": False, "sort": order}
        return {int(hit["sort"][1]): hit["sort"][0] for hit in self._server.search(self._index, body)["hits"]["hits"]}

    def _aggregations(self) -> dict[str, Any]:
        """Each facet under the filters of the other fields; those without a filter of their own, together."""
        every = {name: self._filters[name] for name in sorted(self._counted)}
        groups: dict[str, dict[str, Any]] = {}
        for name, terms in self._facets.items():
            group = name if name in every else ""
            if group not in groups:
                others = [clause for each, clause in every.items() if each != group]
                groups[group] = {"filter": _each(others).to_dict(), "aggs": {}}
            groups[group]["aggs"][name] = terms
        return {f"under {group}": body for group, body in groups.items()}

    def _terms(self, facet: Facet) -> dict[str, Any]:
        field = self._schema.by_name.get(facet.field)
        if field is None:
            raise InvalidRequest(f"There is no field «{facet.field}» to count.")
        prefix = INTEGER if isinstance(field, Integer) else KEYWORD
        order = [{"_count": "desc"}, {"_key": "asc"}]
        return {"terms": {"field": prefix + facet.field, "size": facet.size, "shard_size": SHARD_SIZE, "order": order}}

    def _values(self, groups: Mapping[str, Json]) -> dict[str, tuple[FacetValue, ...]]:
        counted = {name: each for group in groups.values() for name, each in group.items() if isinstance(each, Mapping)}
        return {facet.field: _facet_values(counted[facet.field], self._schema) for facet in self._request.facets}

    def keys(self, batch: int) -> Iterator[list[str]]:
        """Every key of the list, in order, from one point in time."""
        for attempt in self._attempts:
            query = self.query(attempt).to_dict()
            body = {"query": query, "size": 0, "track_total_hits": True}
            if self._server.search(self._index, body, waits=False)["hits"]["total"]["value"]:
                whole = {"query": query, "sort": self.order(attempt), **IN_COLUMNS, "docvalue_fields": ["key"]}
                hits = chain.from_iterable(self._server.scan(self._index, whole, batch))
                if self._ranked(attempt) and attempt.plan.neighbours:
                    window = list(islice(hits, WINDOW))
                    hits = chain(_settled(window, self._bonus(window, attempt)), hits)
                yield from ([key_of(hit) for hit in some] for some in batched(hits, batch))
                return


def _each(clauses: Sequence[Clause]) -> Query:
    return Bool(filter=filter_queries(clauses))


def _earned(window: Sequence[Json]) -> dict[int, float]:
    """What each of a window earns, by its `order`, as the list brought it."""
    return {int(hit["sort"][1]): hit.get("matched_queries", {}).get(BONUS, 0.0) for hit in window}


def _settled(window: Sequence[Json], bonus: Mapping[int, float]) -> list[Json]:
    """The first window in its final order: words that are neighbours in the query and in the text count more."""
    scored = [{**hit, "sort": [hit["sort"][0] + bonus.get(hit["sort"][1], 0.0), hit["sort"][1]]} for hit in window]
    return sorted(scored, key=lambda hit: (-hit["sort"][0], -hit["sort"][1]))


def key_of(hit: Json) -> str:
    """The key of a hit that was asked for with its doc values."""
    return str(hit["fields"]["key"][0])


def _facet_values(terms: Json, schema: Schema) -> tuple[FacetValue, ...]:
    if terms["doc_count_error_upper_bound"]:
        raise SearchUnavailable("The cluster counted only part of a facet: it has more values than one request can count.")
    return tuple(FacetValue(each["key"], int(each["doc_count"])) for each in terms["buckets"])
