"""A list of items: its matching rule, its order and its facets."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import tantivy
from tantivy import Order

from search.backends.tantivy.compile import MUST, Compiler, Part
from search.backends.tantivy.layout import INTEGER, KEYWORD
from search.backends.tantivy.reader import Snapshot
from search.engine import Facet, FacetValue, Hit, Mode, SearchRequest
from search.errors import InvalidRequest
from search.filters import filter_clauses
from search.plan import make_plan
from search.ranking import WINDOW
from search.rows import order_in_title
from search.schema import Integer, Schema

SEGMENT_SIZE = 65_000  # values each segment may report: more than any field has, so that counts are exact
SPARE_VALUES = 20  # counted beyond those asked, so that equal counts are cut in the order of their values
_ORDERS: Mapping[str, tuple[str, Order]] = {
    "date": ("by_date", Order.Asc),
    "-date": ("by_date_down", Order.Desc),
    "title": ("by_title", Order.Asc),
    "-order": ("order", Order.Desc),
}
Found = tuple[float, tantivy.DocAddress]


class Listing:
    """One request on one snapshot. The matching rule is settled when it is made."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest, schema: Schema) -> None:
        self.snapshot = snapshot
        self.request = request
        self._schema = schema
        self._filters = filter_clauses(request.filters, schema)
        for attempt in make_plan(request.query, schema).attempts(request.match):
            self.plan, self.needed = attempt.plan, attempt.needed
            self.mode: Mode = attempt.mode
            self.ranked = request.sort == "relevance" and self.plan.ranks
            self.total, self.first = self.snapshot.once(self._asked("list", *self._place), self._run)
            if self.total:
                break

    def _asked(self, *what: Hashable, without: str | None = None) -> Hashable:
        """A question about this list, that gets the same answer from the same snapshot."""
        filters = tuple(sorted(clause for clause in self._filters.items() if clause[0] != without))
        return what, self.request.scope, self.plan, self.needed, filters

    @property
    def _place(self) -> tuple[str | int, ...]:
        return self.request.sort, self.request.offset, self.request.limit, self.request.after, self.request.before

    @property
    def start(self) -> int:
        """Where what is read begins: in order of relevance, at the beginning of a window."""
        return self.request.offset // WINDOW * WINDOW if self.ranked else self.request.offset

    def query(self, *, scored: bool, without: str | None = None, also: Sequence[Part] = ()) -> tantivy.Query:
        """The query of the list, perhaps without the filter of one field, or with something more required."""
        compiler: Compiler = self.snapshot.compiler(scored=scored)
        clauses = [clause for name, clause in self._filters.items() if name != without]
        parts = [*compiler.plan(self.plan, self.needed), *compiler.filters(clauses), *also]
        return compiler.scoped(parts, self.request.scope)

    def _run(self) -> tuple[int, list[Found]]:
        if not self.ranked:
            return self.sorted_top(self.request.limit, self.request.offset)
        end = -(-(self.request.offset + self.request.limit) // WINDOW) * WINDOW
        return self.snapshot.top(self.query(scored=True), end - self.start, offset=self.start)

    def sorted_top(self, limit: int, offset: int) -> tuple[int, list[Found]]:
        """A stretch of the list in an order that is not of relevance."""
        field, order = _ORDERS["-date" if self.request.sort == "relevance" else self.request.sort]
        if self.request.after or self.request.before:
            return self._stretch(limit, field, order)
        query = self.query(scored=False)
        total, hits = self.snapshot.top(query, limit, order_by_field=field, order=order, offset=offset)
        return total, [(0.0, address) for _, address in hits]

    def _stretch(self, limit: int, field: str, order: Order) -> tuple[int, list[Found]]:
        """What follows an item in the list, or precedes it: a range over the field that orders it."""
        query = self.query(scored=False)
        value = self._value_of(self.request.after or self.request.before, field)
        options: dict[str, Any] = {"order_by_field": field, "order": order}
        if value is None:
            total, hits = self.snapshot.top(query, limit, **options)
            return total, [(0.0, address) for _, address in hits]
        backwards = bool(self.request.before)
        if backwards:
            options["order"] = Order.Asc if order == Order.Desc else Order.Desc
        beyond: Part = (MUST, self._beyond(query, field, value, descending=options["order"] == Order.Desc))
        hits = self.snapshot.top(self.query(scored=False, also=[beyond]), limit, count=False, **options)[1]
        found = [(0.0, address) for _, address in (reversed(hits) if backwards else hits)]
        return self.snapshot.once(self._asked("total"), lambda: self.snapshot.count(query)), found

    def _beyond(self, query: tantivy.Query, field: str, value: int | str, *, descending: bool) -> tantivy.Query:
        """What comes after a place in an order. Texts have no ranges: of titles, only as many as are read."""
        if isinstance(value, int):
            return self.snapshot.compiler().beyond(field, value, below=descending)
        titles = self.snapshot.titles(query, value, self.request.limit, descending=descending)
        return self.snapshot.compiler().among([order_in_title(title) for title in titles])

    def _value_of(self, key: str, field: str) -> int | str | None:
        """Where an item is in the order, if the scope sees it."""
        itself = tantivy.Query.term_query(self.snapshot.schema, "key", key, "basic")
        seen = self.snapshot.compiler().scoped([(MUST, itself)], self.request.scope)
        hits = self.snapshot.top(seen, 1, order_by_field=field)[1]
        return hits[0][0] if hits else None

    def facets(self) -> dict[str, tuple[FacetValue, ...]]:
        """Counts of each facet asked for; those without a filter of their own in one pass."""
        together = [facet for facet in self.request.facets if facet.field not in self._filters]
        found = self._count(together, None)
        for facet in self.request.facets:
            if facet.field in self._filters:
                found |= self._count([facet], facet.field)
        return {facet.field: found[facet.field] for facet in self.request.facets}

    def _count(self, facets: list[Facet], without: str | None) -> dict[str, tuple[FacetValue, ...]]:
        if not facets:
            return {}
        wanted = {facet.field: {"terms": self._terms(facet)} for facet in facets}
        counted: dict[str, Any] = self.snapshot.once(
            self._asked("facets", *facets, without=without),
            lambda: self.snapshot.searcher.aggregate(self.query(scored=False, without=without), wanted),
            values=lambda found: sum(len(each["buckets"]) for each in found.values()),
        )
        return {facet.field: _values(counted[facet.field]["buckets"], facet, self._schema) for facet in facets}

    def _terms(self, facet: Facet) -> dict[str, Any]:
        field = self._schema.by_name.get(facet.field)
        if field is None:
            raise InvalidRequest(f"There is no field «{facet.field}» to count.")
        prefix = INTEGER if isinstance(field, Integer) else KEYWORD
        return {"field": prefix + facet.field, "size": facet.size + SPARE_VALUES, "segment_size": SEGMENT_SIZE}


def _values(buckets: list[dict[str, Any]], facet: Facet, schema: Schema) -> tuple[FacetValue, ...]:
    kind = int if isinstance(schema.by_name[facet.field], Integer) else str
    values = [FacetValue(kind(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    values.sort(key=lambda found: (-found.count, found.value))
    return tuple(values[: facet.size])


def ordered_slice(listing: Listing) -> Iterator[Hit]:
    """The hits of the page asked for."""
    start, end = listing.request.offset, listing.request.offset + listing.request.limit
    found = listing.first
    if listing.ranked:
        windows = [_settled(listing, at, found[at - listing.start :][:WINDOW]) for at in range(listing.start, end, WINDOW)]
        found = [hit for window in windows for hit in window][start - listing.start : end - listing.start]
    for score, address in found:
        yield Hit(listing.snapshot.key(address), float(score))


def _settled(listing: Listing, at: int, window: list[Found]) -> list[Found]:
    """A window of hits in its final order: neighbouring words count in the first, equal scores go by `order`."""
    addresses = [address for _, address in window]
    orders = listing.snapshot.numbers("order", addresses)
    bonus: dict[tuple[int, int], float] = {}
    if at == 0 and listing.plan.neighbours and len(window) > 1:
        query = listing.snapshot.compiler(scored=True).neighbours(listing.plan, orders)
        bonus = {_place(address): score for score, address in listing.snapshot.top(query, WINDOW, count=False)[1]}
    scored = [
        (-(score + bonus.get(_place(address), 0.0)), -order, position)
        for position, ((score, address), order) in enumerate(zip(window, orders, strict=True))
    ]
    return [(-score, addresses[position]) for score, _, position in sorted(scored)]


def _place(address: tantivy.DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc


def whole_list(listing: Listing, batch: int) -> Iterator[list[str]]:
    """Every key of the list, in order, from the same snapshot."""
    if not listing.total:
        return
    if listing.ranked:
        _, ranked = listing.snapshot.top(listing.query(scored=True), listing.total, count=False)
        found = [hit for at in range(0, listing.total, WINDOW) for hit in _settled(listing, at, ranked[at : at + WINDOW])]
    else:
        _, found = listing.sorted_top(listing.total, 0)
    for at in range(0, len(found), batch):
        yield [listing.snapshot.key(address) for _, address in found[at : at + batch]]
