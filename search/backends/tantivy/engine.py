"""`SearchEngine` on tantivy. Every query that is run comes out of `Compiler.scoped`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.backends.tantivy.compile import MUST, MUST_NOT, Part
from search.backends.tantivy.files import IndexFolder, Kind
from search.backends.tantivy.listing import Listing, ordered_slice, whole_list
from search.backends.tantivy.paging import best_pages
from search.backends.tantivy.reader import ENGINE_ERRORS, Readers, Snapshot
from search.backends.tantivy.rows import prepare
from search.backends.tantivy.vocabulary import Vocabulary
from search.backends.tantivy.writer import TantivyWriter
from search.documents import Operation, Prepared
from search.engine import (
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
from search.errors import SearchError, SearchUnavailable
from search.plan import make_plan, page_clauses
from search.query import parse
from search.query.nodes import Node
from search.schema import Schema
from search.scope import INDEX_NAMES, IndexName, Scope
from search.wording import pick_suggestions, rewrite, split_typed

SIMILAR_SHARE = 0.3


class TantivyEngine:
    """The embedded engine over a folder."""

    def __init__(self, folder: Path, schema: Schema, *, heap_mb: int) -> None:
        self.schema = schema
        self._folder = IndexFolder(Path(folder), schema.fingerprint())
        self._readers = Readers(self._folder)
        self._heap_mb = heap_mb

    @contextmanager
    def _reading(self, index: IndexName) -> Iterator[Snapshot]:
        """The state of an index to read from; what tantivy cannot read is told as an unavailable index."""
        snapshot = self._readers.snapshot(index)
        try:
            yield snapshot
        except SearchError:
            raise
        except ENGINE_ERRORS as error:
            raise SearchUnavailable(f"The index does not answer: {error}. If it goes on, rebuild it.") from error

    def search(self, request: SearchRequest) -> SearchResponse:
        with self._reading(request.scope.index) as snapshot:
            listing = Listing(snapshot, request, self.schema)
            hits = tuple(ordered_slice(listing))
            return SearchResponse(listing.total, listing.mode, hits, listing.facets())

    def export(self, request: SearchRequest, batch: int = 1000) -> Iterator[list[str]]:
        with self._reading(request.scope.index) as snapshot:
            yield from whole_list(Listing(snapshot, request, self.schema), batch)

    def pages(self, keys: Sequence[str], query: Node, scope: Scope, per_item: int = 3) -> Mapping[str, tuple[PageHit, ...]]:
        clauses = page_clauses(query)
        if not clauses or not keys:
            return {}
        found: dict[str, tuple[PageHit, ...]] = {}
        kinds: tuple[Kind, ...] = ("items", "pages")  # items of one part stand for their page
        for kind in kinds:
            with self._reading(scope.index):
                snapshot = self._readers.snapshot(scope.index, kind)
                found |= best_pages(snapshot, keys, clauses, scope, per_item)
        return found

    def suggest(self, text: str, scope: Scope, size: int = 8) -> tuple[Suggestion, ...]:
        head, typed = split_typed(text)
        if not typed:
            return ()
        with self._reading(scope.index) as snapshot:
            plan = make_plan(parse(head), self.schema)
            parts = snapshot.compiler().plan(plan, len(plan.words))
            return pick_suggestions(head, Vocabulary(snapshot, scope).surfaces(typed, parts), size)

    def correct(self, query: Node, scope: Scope) -> str | None:
        with self._reading(scope.index) as snapshot:
            vocabulary = Vocabulary(snapshot, scope)
            return rewrite(query, lambda word: vocabulary.nearest(make_plan(parse(word), self.schema)))

    def similar(self, key: str, scope: Scope, size: int = 10) -> tuple[Hit, ...]:
        with self._reading(scope.index) as snapshot:
            compiler = snapshot.compiler()
            itself = tantivy.Query.term_query(snapshot.schema, "key", key, "basic")
            stems = snapshot.signature(compiler.scoped([(MUST, itself)], scope))
            if not stems:
                return ()
            parts: list[Part] = [(MUST, compiler.characteristic(stems, SIMILAR_SHARE)), (MUST_NOT, itself)]
            hits = snapshot.top(compiler.scoped(parts, scope), size)[1]
            return tuple(Hit(snapshot.key(address), float(score)) for score, address in hits)

    def prepare(self, operations: Sequence[Operation]) -> Prepared:
        return Prepared(prepare(operations, self.schema))

    @contextmanager
    def writer(self, *, timeout: float = 0.0) -> Iterator[Writer]:
        with self._folder.locked(timeout):
            writer = TantivyWriter(self._folder, self.schema, self._heap_mb)
            try:
                yield writer
            finally:
                writer.close()

    def inventory(self, index: IndexName) -> Iterator[tuple[str, int]]:
        with self._reading(index) as snapshot:
            lead = tantivy.Query.term_query(snapshot.schema, "lead", 1)
            total = snapshot.count(lead)
            addresses = sorted(
                (address for _, address in snapshot.top(lead, total)[1]), key=lambda each: (each.segment_ord, each.doc)
            )
            yield from zip(map(snapshot.key, addresses), snapshot.numbers("version", addresses), strict=True)

    def applied_seq(self) -> int:
        return self._folder.seq(self._folder.current())

    def verify(self) -> Report:
        checked, faults = 0, list[str]()
        for name in INDEX_NAMES:
            keys = [key for key, _ in self.inventory(name)]
            known = set(keys)
            checked += len(keys)
            if len(known) != len(keys):
                faults.append(f"{name}: {len(keys) - len(known)} keys are indexed twice.")
            pages = self._readers.snapshot(name, "pages")
            every = [address for _, address in pages.top(tantivy.Query.all_query(), pages.searcher.num_docs)[1]]
            every.sort(key=lambda each: (each.segment_ord, each.doc))
            lost = {key for key in map(pages.key, every) if key not in known}
            checked += len(every)
            if lost:
                faults.append(f"{name}: {len(lost)} items have pages but are not indexed themselves.")
        return Report(checked, tuple(faults))

    def health(self) -> Health:
        try:
            generation = self._folder.current()
            return self._health(generation)
        except (SearchError, *ENGINE_ERRORS) as error:
            nothing: dict[IndexName, int] = dict.fromkeys(INDEX_NAMES, 0)
            return Health("tantivy", "", nothing, nothing, 0, 0, str(error), rebuild=True)

    def _health(self, generation: Generation) -> Health:
        items: dict[IndexName, int] = {}
        pages: dict[IndexName, int] = {}
        for name in INDEX_NAMES:
            snapshot = self._readers.snapshot(name)
            items[name] = snapshot.count(tantivy.Query.term_query(snapshot.schema, "lead", 1))
            pages[name] = self._readers.snapshot(name, "pages").searcher.num_docs
        size, seq = self._folder.size(generation), self._folder.seq(generation)
        return Health("tantivy", generation.name, items, pages, size, seq, "")

    def forget_everything(self) -> None:
        self.close()
        self._folder.forget_everything()

    def close(self) -> None:
        self._readers.close()
