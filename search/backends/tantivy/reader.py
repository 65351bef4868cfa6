"""Readers: opened when first used, again after a fork, and reloaded when the writer has committed."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

import tantivy

from search.backends.tantivy.compile import Compiler
from search.backends.tantivy.files import REBUILD, IndexFolder, Kind
from search.backends.tantivy.layout import register
from search.engine import Generation
from search.errors import SearchUnavailable
from search.rows import SIGNATURE
from search.scope import IndexName

ENGINE_ERRORS = (ValueError, OSError, RuntimeError)
MOST_KEPT = 128  # answers of one state of an index
MOST_VALUES = 60_000  # values of facets in them: a field of twenty thousand takes some 7 MB


class _Found(Protocol):
    hits: list[tuple[Any, tantivy.DocAddress]]
    count: int | None


@dataclass(frozen=True)
class Snapshot:
    """One state of one index: what is read through it does not change."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    _kept: dict[Hashable, tuple[Any, int]] = field(default_factory=dict, repr=False, compare=False)

    def compiler(self, *, scored: bool = False) -> Compiler:
        return Compiler(self.schema, scored=scored, open_to=self.open_to)

    def once[T](self, asked: Hashable, answer: Callable[[], T], values: Callable[[T], int] = lambda _found: 0) -> T:
        """What was answered to the very same question about this state, or the answer now. Whoever asks is part of the question.

        `values` says how many values an answer holds, when they may be many. Threads share what is kept, and any of them may empty it.
        """
        kept = self._kept.get(asked)
        if kept is not None:
            return cast("T", kept[0])
        found = answer()
        many = values(found)
        held = list(self._kept.values())
        if len(held) >= MOST_KEPT or many + sum(weight for _, weight in held) > MOST_VALUES:
            self._kept.clear()
        self._kept[asked] = found, many
        return found

    def open_to(self, acl: frozenset[str]) -> bool:
        """Whether who has those tokens sees every document, so that nothing need be left out for who asks."""
        return self.once(("open to", acl), lambda: self._sees_all(acl))

    def _sees_all(self, acl: frozenset[str]) -> bool:
        everything = self.searcher.num_docs
        if sum(self.searcher.doc_freq("acl", token) for token in acl) < everything:
            return False
        return self.count(Compiler(self.schema, scored=False).guarded([], acl)) == everything

    def top(self, query: tantivy.Query, limit: int, **options: Any) -> tuple[int, list[tuple[Any, tantivy.DocAddress]]]:
        """How many documents match, and the first `limit` of them."""
        found = cast("_Found", self.searcher.search(query, max(1, limit), **options))
        return found.count or 0, found.hits[:limit]

    def count(self, query: tantivy.Query) -> int:
        return self.top(query, 1)[0]

    def numbers(self, field: str, addresses: Sequence[tantivy.DocAddress]) -> list[int]:
        """Values of a numeric field, 0 where there is none."""
        values = self.searcher.fast_field_values(field, list(addresses)) if addresses else []
        return [int(value or 0) for value in values]

    def titles(self, query: tantivy.Query, after: str, size: int, *, descending: bool) -> list[str]:
        """The sort keys of titles that follow one, in order."""
        source = {"terms": {"field": "by_title", "order": "desc" if descending else "asc"}}
        grouped = {"size": max(1, size), "sources": [{"title": source}], "after": {"title": f"str:{after}"}}
        found: dict[str, Any] = self.searcher.aggregate(query, {"titles": {"composite": grouped}})
        return [str(bucket["key"]["title"]) for bucket in found["titles"]["buckets"]]

    def signature(self, query: tantivy.Query) -> list[str]:
        """The stems that say most about the document found by that query; none if nothing is found."""
        wanted = {"stems": {"terms": {"field": "signature", "size": SIGNATURE}}}
        counted: dict[str, Any] = self.searcher.aggregate(query, wanted)
        return [str(bucket["key"]) for bucket in counted["stems"]["buckets"]]

    def key(self, address: tantivy.DocAddress) -> str:
        return str(self.searcher.doc(address).get_first("key"))


@dataclass
class _Opened:
    path: str
    index: tantivy.Index
    snapshot: Snapshot
    stamp: tuple[int, int, int]


@dataclass
class Readers:
    """The open indexes of this process."""

    folder: IndexFolder
    _opened: dict[tuple[Generation, IndexName, Kind], _Opened] = field(default_factory=dict)
    _owner: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def snapshot(self, index: IndexName, kind: Kind = "items") -> Snapshot:
        """The last committed state of an index of the generation in use."""
        generation = self.folder.current()
        if self._owner != os.getpid():
            self._start()
        try:
            return self._fresh(generation, index, kind)
        except ENGINE_ERRORS as error:
            raise SearchUnavailable(f"The index {generation.name} cannot be opened: {error}. {REBUILD}") from error

    def _start(self) -> None:
        self._lock = threading.Lock()
        self._opened = {}
        self._owner = os.getpid()

    def _fresh(self, generation: Generation, index: IndexName, kind: Kind) -> Snapshot:
        name = (generation, index, kind)
        opened = self._opened.get(name)
        path = opened.path if opened else str(self.folder.path(generation, index, kind))
        stamp = _stamp(path)
        if opened and opened.stamp == stamp:
            return opened.snapshot
        with self._lock:
            if opened is None:
                self._forget_others(generation)
                opened = self._open(path, stamp)
            else:
                opened.index.reload()
                opened = _Opened(path, opened.index, Snapshot(opened.index.searcher(), opened.snapshot.schema), stamp)
            self._opened[name] = opened
        return opened.snapshot

    def _open(self, path: str, stamp: tuple[int, int, int]) -> _Opened:
        index = register(tantivy.Index.open(path))
        index.config_reader("manual")
        index.reload()
        return _Opened(path, index, Snapshot(index.searcher(), index.schema), stamp)

    def _forget_others(self, generation: Generation) -> None:
        self._opened = {name: opened for name, opened in self._opened.items() if name[0] == generation}

    def close(self) -> None:
        """Let go of every index."""
        with self._lock:
            self._opened = {}


def _stamp(path: str) -> tuple[int, int, int]:
    state = os.stat(f"{path}/meta.json")  # noqa: PTH116 - twice as fast as Path, at each search
    return state.st_mtime_ns, state.st_size, state.st_ino
