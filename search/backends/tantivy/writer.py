"""The writer: one process, one tantivy writer for each index that is touched, commits in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

import tantivy

from search.backends.tantivy.files import KINDS, REBUILD, IndexFolder, Kind
from search.backends.tantivy.layout import create, item_schema, page_schema, register
from search.backends.tantivy.reader import ENGINE_ERRORS, Snapshot
from search.backends.tantivy.rows import Rows, rows_of
from search.documents import Operation, Prepared, Upsert
from search.engine import Applied, Generation
from search.errors import IndexOutdated, SearchError, SearchUnavailable
from search.schema import Schema
from search.scope import INDEX_NAMES, IndexName

COMMIT_EVERY = 50_000
MEGABYTE = 1_000_000
MIN_HEAP = 16 * MEGABYTE
MAX_VARIANTS = 16
_Rows = tuple[list[str], list[str]]
"""Documents of an item and of its pages."""


@dataclass
class _Target:
    """An index open for writing."""

    index: tantivy.Index
    writer: tantivy.IndexWriter
    snapshot: Snapshot
    pending: dict[str, int] = field(default_factory=dict)
    dirty: bool = False

    def commit(self) -> None:
        if self.dirty:
            self.writer.commit()
            self.index.reload()
            self.snapshot = Snapshot(self.index.searcher(), self.snapshot.schema)
        self.pending.clear()
        self.dirty = False

    def add(self, documents: Iterable[str]) -> None:
        for document in documents:
            self.writer.add_json(document)
            self.dirty = True

    def delete(self, key: str) -> None:
        query = tantivy.Query.term_query(self.snapshot.schema, "key", key, "basic")
        self.writer.delete_documents_by_query(query)
        self.dirty = True


class TantivyWriter:
    """`Writer` of the embedded engine. Lives inside the lock of its folder."""

    def __init__(self, folder: IndexFolder, schema: Schema, heap_mb: int) -> None:
        self._folder = folder
        self._schema = schema
        self._heap = max(MIN_HEAP, heap_mb * MEGABYTE // 4)
        self._open: dict[tuple[Generation, IndexName, Kind], _Target] = {}
        self._uncommitted = 0  # operations applied to a build
        self._loaded: set[Generation] = set()  # builds with documents that are loaded and not committed
        self._builds: set[Generation] = set()
        self._broken: set[Generation] = set()

    def apply(self, operations: Sequence[Operation], *, generation: Generation | None = None, seq: int | None = None) -> Applied:
        target = generation or self._folder.current()
        self._check(target)
        rows = [rows_of(each, self._schema) if isinstance(each, Upsert) else None for each in operations]
        with self._all_or_nothing(target):
            if target in self._loaded:  # what is not committed would not be found
                self._commit(target)
            applied = self._apply(target, operations, rows)
            self._uncommitted += len(operations) if generation else 0
            if generation is None or self._uncommitted >= COMMIT_EVERY:
                self._commit(target)
        if seq is not None:
            self._commit(target)
            self._folder.keep_seq(target, seq)
        return applied

    def load(self, prepared: Prepared, generation: Generation) -> dict[str, str]:
        self._check(generation)
        with self._all_or_nothing(generation):
            for (name, kind), documents in cast("Rows", prepared.content).items():
                if documents:
                    self._target(generation, name, kind).add(documents)
            self._loaded.add(generation)
        return {}

    def _apply(self, generation: Generation, operations: Sequence[Operation], rows: Sequence[_Rows | None]) -> Applied:
        written = skipped = deleted = 0
        known = {name: self._versions(generation, name, operations) for name in INDEX_NAMES}
        for operation, of_it in zip(operations, rows, strict=True):
            versions = known[operation.index]
            existing = versions.pop(operation.key, None)
            if isinstance(operation, Upsert) and existing is not None and existing > operation.version:
                versions[operation.key] = existing
                skipped += 1
                continue
            if existing is not None:
                self._delete(generation, operation.index, operation.key)
            if isinstance(operation, Upsert) and of_it:
                self._write(generation, operation.index, of_it)
                versions[operation.key] = operation.version
                written += 1
            else:
                deleted += 1
        for name in INDEX_NAMES:
            if target := self._open.get((generation, name, "items")):
                touched = {operation.key for operation in operations if operation.index == name}
                target.pending.update({key: known[name].get(key, -1) for key in touched})
        return Applied(written, skipped, deleted)

    def _versions(self, generation: Generation, name: IndexName, operations: Iterable[Operation]) -> dict[str, int]:
        """Versions that those keys have by now, also in what is not committed yet."""
        keys = {operation.key for operation in operations if operation.index == name}
        if not keys:
            return {}
        target = self._target(generation, name, "items")
        committed = sorted(keys - target.pending.keys())
        found = {key: version for key in keys if (version := target.pending.get(key, -1)) >= 0}
        if committed and target.snapshot.searcher.num_docs:
            query = tantivy.Query.term_set_query(target.snapshot.schema, "key", committed)
            addresses = [address for _, address in target.snapshot.top(query, len(committed) * MAX_VARIANTS)[1]]
            versions = target.snapshot.numbers("version", addresses)
            found |= {target.snapshot.key(address): each for address, each in zip(addresses, versions, strict=True)}
        return found

    def _delete(self, generation: Generation, name: IndexName, key: str) -> None:
        for kind in KINDS:
            self._target(generation, name, kind).delete(key)

    def _write(self, generation: Generation, name: IndexName, rows: _Rows) -> None:
        items, pages = rows
        self._target(generation, name, "items").add(items)
        if pages:
            self._target(generation, name, "pages").add(pages)

    def _target(self, generation: Generation, name: IndexName, kind: Kind) -> _Target:
        found = self._open.get((generation, name, kind))
        if found is None:
            index = register(tantivy.Index.open(str(self._folder.path(generation, name, kind))))
            index.config_reader("manual")
            index.reload()
            writer = index.writer(heap_size=self._heap, num_threads=1)
            found = _Target(index, writer, Snapshot(index.searcher(), index.schema))
            self._open[generation, name, kind] = found
        return found

    def _commit(self, generation: Generation) -> None:
        for kind in ("pages", "items"):  # an item is never visible before its pages
            for name in INDEX_NAMES:
                if target := self._open.get((generation, name, kind)):
                    target.commit()
        self._loaded.discard(generation)
        if generation in self._builds:
            self._uncommitted = 0

    def hold(self) -> None:
        """The lock is of this process for as long as it lives."""

    def ensure_generation(self) -> Generation:
        try:
            return self._folder.current()
        except (SearchUnavailable, IndexOutdated):
            generation = self.begin_generation()
            self.activate(generation)
            return generation

    def begin_generation(self) -> Generation:
        self.close()
        generation = self._folder.next_generation()
        self._folder.create(generation)
        self._builds.add(generation)
        for name in INDEX_NAMES:
            for kind in KINDS:
                fields = item_schema(self._schema) if kind == "items" else page_schema()
                create(self._folder.path(generation, name, kind), fields)
        return generation

    def settle(self, _generation: Generation) -> bool:
        """It merges as it writes."""
        return True

    def activate(self, generation: Generation) -> None:
        self._check(generation)
        self._commit(generation)
        self.close()
        self._builds.discard(generation)
        self._folder.put_in_use(generation)

    def close(self) -> None:
        """Let merges end: without waiting for them an index is left in hundreds of pieces."""
        for target in self._open.values():
            target.writer.wait_merging_threads()
        self._open.clear()

    @contextmanager
    def _all_or_nothing(self, target: Generation) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self._abandon()
            if isinstance(error, ENGINE_ERRORS) and not isinstance(error, SearchError):
                raise SearchUnavailable(f"The index {target.name} cannot be written: {error}. {REBUILD}") from error
            raise

    def _abandon(self) -> None:
        """Forget what is not committed, after an error; a build cannot go on with a hole in it."""
        self._open.clear()
        self._uncommitted = 0
        self._broken |= self._builds

    def _check(self, generation: Generation) -> None:
        if generation in self._broken:
            raise SearchUnavailable(f"Part of the build {generation.name} was lost to an error: begin again.")
