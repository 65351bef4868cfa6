"""The reference engine: everything in memory and by brute force. Slow, and right by being simple.

Other engines are compared with it. Nothing survives its process.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from search.backends.evaluate import fits, matches, page_matches, run_matches
from search.backends.reference_store import Contents, ReferenceWriter
from search.backends.scoring import Scorer
from search.clauses import Clause, FuzzyClause, PhraseClause, PrefixClause, WordClause
from search.documents import Operation, Prepared
from search.engine import (
    FacetValue,
    Generation,
    Health,
    Hit,
    PageHit,
    Report,
    SearchRequest,
    SearchResponse,
    Suggestion,
    Writer,
)
from search.errors import IndexBusy, InvalidRequest, SearchUnavailable
from search.filters import filter_clauses
from search.plan import Attempt, Plan, make_plan, page_clauses
from search.query import parse
from search.query.nodes import Node
from search.rows import (
    SURFACE_MARK,
    ItemRow,
    date_order,
    page_acl,
    reverse_date_order,
    title_order,
)
from search.schema import Schema
from search.scope import INDEX_NAMES, IndexName, Scope
from search.wording import is_near, pick_suggestions, rewrite, split_typed

_ORDERS: Mapping[str, Callable[[ItemRow], tuple[int | str, ...]]] = {
    "date": lambda row: (date_order(row.document),),
    "-date": lambda row: (-reverse_date_order(row.document),),
    "title": lambda row: (title_order(row),),
    "-order": lambda row: (-row.document.order,),
}


class ReferenceEngine:
    """`SearchEngine` by brute force."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._generations: dict[int, Contents] = {}
        self._current: Generation | None = None
        self._lock = threading.Lock()

    def _rows(self, scope: Scope) -> list[ItemRow]:
        """The only way to documents: those that the scope sees."""
        contents = self._contents().rows[scope.index]
        return [
            row
            for variants in contents.values()
            for row in variants
            if scope.sees(row.document.key, row.document.acl, row.document.hidden_from)
        ]

    def _contents(self) -> Contents:
        if self._current is None:
            raise SearchUnavailable("There is no index yet: build it.")
        return self._generations[self._current.number]

    def search(self, request: SearchRequest) -> SearchResponse:
        rows = self._rows(request.scope)
        filters = filter_clauses(request.filters, self.schema)
        found, attempt = self._matching(rows, request, list(filters.values()))
        plan, needed = attempt.plan, attempt.needed
        ordered = self._ordered(found, plan, request, rows)
        facets = {}
        for facet in request.facets:
            if facet.field not in self.schema.by_name:
                raise InvalidRequest(f"There is no field «{facet.field}» to count.")
            others = [clause for name, clause in filters.items() if name != facet.field]
            counted = [row for row in rows if fits(row, plan, needed) and all(matches(row, each) for each in others)]
            facets[facet.field] = _count(counted, facet.field, facet.size)
        page = _stretch(ordered, request, rows)
        return SearchResponse(len(found), attempt.mode, tuple(page), facets)

    def _matching(self, rows: list[ItemRow], request: SearchRequest, filters: list[Clause]) -> tuple[list[ItemRow], Attempt]:
        attempts = make_plan(request.query, self.schema).attempts(request.match)
        for attempt in attempts:
            fitting = (row for row in rows if fits(row, attempt.plan, attempt.needed))
            found = [row for row in fitting if all(matches(row, each) for each in filters)]
            if found:
                return found, attempt
        return [], attempts[-1]

    def _ordered(self, found: list[ItemRow], plan: Plan, request: SearchRequest, rows: list[ItemRow]) -> list[Hit]:
        if request.sort == "relevance" and plan.ranks:
            scorer = Scorer(rows)
            scored = [(-scorer.score(row, plan), -row.document.order, row.document.key) for row in found]
            return [Hit(key, -score) for score, _, key in sorted(scored)]
        order = _ORDERS["-date" if request.sort == "relevance" else request.sort]
        return [Hit(row.document.key, 0.0) for row in sorted(found, key=order)]

    def export(self, request: SearchRequest, batch: int = 1000) -> Iterator[list[str]]:
        rows = self._rows(request.scope)
        found, attempt = self._matching(rows, request, list(filter_clauses(request.filters, self.schema).values()))
        keys = [hit.key for hit in self._ordered(found, attempt.plan, request, rows)]
        yield from (keys[at : at + batch] for at in range(0, len(keys), batch))

    def pages(self, keys: Sequence[str], query: Node, scope: Scope, per_item: int = 3) -> Mapping[str, tuple[PageHit, ...]]:
        clauses = page_clauses(query)
        found: dict[str, tuple[PageHit, ...]] = {}
        wanted = frozenset(keys)
        for row in self._rows(scope):
            if row.document.key in wanted:
                hits = sorted(_page_hits(row, clauses, scope), key=lambda hit: (-hit.score, hit.number))
                if hits:
                    found[row.document.key] = tuple(hits[:per_item])
        return found

    def suggest(self, text: str, scope: Scope, size: int = 8) -> tuple[Suggestion, ...]:
        head, typed = split_typed(text)
        if not typed:
            return ()
        plan = make_plan(parse(head), self.schema)
        terms: Counter[str] = Counter()
        for row in self._rows(scope):
            if fits(row, plan, len(plan.words)):
                terms.update(term for term in row.texts.surfaces if term.startswith(typed))
        return pick_suggestions(head, terms.items(), size)

    def correct(self, query: Node, scope: Scope) -> str | None:
        rows = self._rows(scope)
        return rewrite(query, lambda word: _nearest(rows, make_plan(parse(word), self.schema)))

    def similar(self, key: str, scope: Scope, size: int = 10) -> tuple[Hit, ...]:
        rows = self._rows(scope)
        mine = next((set(row.texts.signature) for row in rows if row.document.key == key), set[str]())
        scored = [
            (-len(mine.intersection(row.texts.signature)), -row.document.order, row.document.key)
            for row in rows
            if row.document.key != key
        ]
        return tuple(Hit(other, float(-shared)) for shared, _, other in sorted(scored)[:size] if shared)

    def prepare(self, operations: Sequence[Operation]) -> Prepared:
        return Prepared(tuple(operations))

    @contextmanager
    def writer(self, *, timeout: float = 0.0) -> Iterator[Writer]:
        if not self._lock.acquire(timeout=timeout if timeout > 0 else -1 if timeout < 0 else 0.001):
            raise IndexBusy("Another thread is writing this index: wait for it to end.")
        try:
            yield ReferenceWriter(self.schema, self._generations, self._activate, lambda: self._current)
        finally:
            self._lock.release()

    def _activate(self, generation: Generation) -> None:
        self._current = generation

    def inventory(self, index: IndexName) -> Iterator[tuple[str, int]]:
        rows = self._contents().rows[index]
        return iter([(key, variants[0].document.version) for key, variants in rows.items()])

    def applied_seq(self) -> int:
        return self._contents().seq

    def verify(self) -> Report:
        return Report(sum(len(rows) for rows in self._contents().rows.values()), ())

    def health(self) -> Health:
        contents = self._generations[self._current.number] if self._current else Contents()
        items = {name: len(contents.rows[name]) for name in INDEX_NAMES}
        pages = {name: sum(len(row.pages) for rows in contents.rows[name].values() for row in rows) for name in INDEX_NAMES}
        problem = "" if self._current else "There is no index yet: build it."
        return Health(
            "reference", self._current.name if self._current else "", items, pages, 0, contents.seq, problem, bool(problem)
        )

    def forget_everything(self) -> None:
        self._generations, self._current = {}, None

    def close(self) -> None:
        """Nothing is open."""


def _stretch(ordered: list[Hit], request: SearchRequest, rows: list[ItemRow]) -> list[Hit]:
    """The page asked for: from an offset, or after or before an item that the scope sees, be it in the list or not."""
    anchor = request.after or request.before
    seen = {row.document.key: row for row in rows}
    if anchor not in seen:
        return ordered[request.offset : request.offset + request.limit]
    order = _ORDERS[request.sort]
    place = order(seen[anchor])
    if request.after:
        return [hit for hit in ordered if order(seen[hit.key]) > place][: request.limit]
    return [hit for hit in ordered if order(seen[hit.key]) < place][-request.limit :] if request.limit else []


def _count(rows: Iterable[ItemRow], field: str, size: int) -> tuple[FacetValue, ...]:
    counted: Counter[str | int] = Counter()
    for row in rows:
        counted.update({*row.document.keywords.get(field, ()), *row.document.integers.get(field, ())})
    order = sorted(counted.items(), key=lambda found: (-found[1], found[0]))
    return tuple(FacetValue(value, count) for value, count in order[:size])


def _page_hits(row: ItemRow, clauses: tuple[Clause, ...], scope: Scope) -> Iterator[PageHit]:
    for page in row.pages:
        score = sum(page_matches(page, clause) for clause in clauses)
        if score and not page.acl.isdisjoint(scope.acl):
            yield PageHit(page.number, page.label, float(score))
    if row.single and not page_acl(row).isdisjoint(scope.acl):
        score = sum(_single_matches(row, clause) for clause in clauses)
        if score:
            yield PageHit(row.single.number, row.single.label, float(score))


def _single_matches(row: ItemRow, clause: Clause) -> bool:
    """The text of an item of one part stands for its page; beginnings and near words count in its title too."""
    if isinstance(clause, PrefixClause | FuzzyClause):
        return matches(row, clause)
    return any(run_matches(run, clause) for run in row.runs if isinstance(clause, WordClause | PhraseClause))


def _nearest(rows: list[ItemRow], plan: Plan) -> str | None:
    word = plan.words[0] if plan.words else None
    if not isinstance(word, WordClause) or any(matches(row, word) for row in rows):
        return None
    counted: Counter[str] = Counter()
    written: Counter[str] = Counter()
    for row in rows:
        counted.update({found.exact for run in (row.title, *row.runs) for found in run})
        written.update(row.texts.surfaces)
    near = [(distance, -count, term) for term, count in counted.items() if (distance := is_near(word.exact, term))]
    if not near:
        return None
    best = min(near)[2]
    names = [(-count, term) for term, count in written.items() if term.startswith(best + SURFACE_MARK)]
    return min(names)[1].partition(SURFACE_MARK)[2] if names else best
