"""Generations of the index in a cluster: four indexes each, and the aliases that searches read.

<prefix>-<all|pub>-<items|pages>-g<n>-<fingerprint>   an index
<prefix>-<all|pub>-<items|pages>-<fingerprint>        the alias of the one in use
<prefix>-control                                      who writes, and the number of the last batch
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from search.backends.cluster.server import Server
from search.engine import Generation
from search.errors import IndexOutdated, SearchUnavailable
from search.scope import INDEX_NAMES, IndexName

Kind = Literal["items", "pages"]
KINDS: tuple[Kind, ...] = ("items", "pages")
REBUILD = "The index is only a cache: rebuild it from the database."
CONTROL: Mapping[str, Any] = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
    "mappings": {"dynamic": "strict", "properties": {"note": {"type": "keyword", "index": False, "doc_values": False}}},
}


class Generations:
    """What there is of one prefix and one schema."""

    def __init__(self, server: Server, prefix: str, fingerprint: str) -> None:
        self._server = server
        self._prefix = prefix
        self.fingerprint = fingerprint
        self._pattern = re.compile(rf"{prefix}-(?:all|pub)-(?:items|pages)-g(\d+)-([0-9a-f]{{12}})")
        self.control = f"{prefix}-control"

    def alias(self, index: IndexName, kind: Kind) -> str:
        """The name that searches use."""
        return f"{self._prefix}-{index}-{kind}-{self.fingerprint}"

    def index(self, generation: Generation, index: IndexName, kind: Kind) -> str:
        """The index itself."""
        return f"{self._prefix}-{index}-{kind}-g{generation.number}-{generation.fingerprint}"

    def indexes(self, generation: Generation) -> list[str]:
        """Its four indexes."""
        return [self.index(generation, index, kind) for index in INDEX_NAMES for kind in KINDS]

    def _found(self) -> dict[Generation, list[str]]:
        """Every generation, in order, with the aliases of its indexes."""
        found: dict[Generation, list[str]] = {}
        for name, aliases in self._server.indexes(f"{self._prefix}-*-g*").items():
            if match := self._pattern.fullmatch(name):
                found.setdefault(Generation(int(match[1]), match[2]), []).extend(aliases)
        return dict(sorted(found.items(), key=lambda each: each[0].number))

    def current(self) -> Generation:
        """The generation in use; SearchUnavailable without one, IndexOutdated when it was built for other fields."""
        return self._current(self._found())

    def _current(self, found: Mapping[Generation, Sequence[str]]) -> Generation:
        wanted = {self.alias(index, kind) for index in INDEX_NAMES for kind in KINDS}
        for generation, aliases in found.items():
            if generation.fingerprint == self.fingerprint and wanted <= set(aliases):
                return generation
        if any(aliases and each.fingerprint != self.fingerprint for each, aliases in found.items()):
            raise IndexOutdated(f"The index of «{self._prefix}» was built for other fields or another analysis. {REBUILD}")
        raise SearchUnavailable(f"There is no usable index of «{self._prefix}» in the cluster. {REBUILD}")

    def begin(self, bodies: Mapping[Kind, Mapping[str, Any]]) -> Generation:
        """A number not used yet, with its empty indexes; builds that were never put in use go away."""
        found = self._found()
        in_use = max((each.number for each, aliases in found.items() if aliases), default=0)
        for each in found:
            if each.number > in_use:
                self._drop(each)
        generation = Generation(max((each.number for each in found), default=0) + 1, self.fingerprint)
        for index in INDEX_NAMES:
            for kind in KINDS:
                self._server.create(self.index(generation, index, kind), bodies[kind])
        return generation

    def put_in_use(self, generation: Generation) -> None:
        """Move the aliases in one change; keep the generation before, remove the older ones."""
        found = self._found()
        present = self._server.indexes(f"{self._prefix}-*-g*")
        actions: list[dict[str, Any]] = [
            {"remove": {"index": name, "alias": alias}}
            for name, aliases in present.items()
            if self._pattern.fullmatch(name)
            for alias in aliases
        ]
        for index in INDEX_NAMES:
            for kind in KINDS:
                added = {"index": self.index(generation, index, kind), "alias": self.alias(index, kind)}
                actions.append({"add": added})
        self._server.aliases(actions)
        older = [each for each in found if each.number < generation.number]
        for each in older[:-1]:
            self._drop(each)

    def _drop(self, generation: Generation) -> None:
        present = self._server.indexes(f"{self._prefix}-*-g{generation.number}-{generation.fingerprint}")
        self._server.drop([name for name in present if self._pattern.fullmatch(name)])

    def drop_all(self) -> None:
        """Remove everything of this prefix: only for trials."""
        present = self._server.indexes(f"{self._prefix}-*")
        self._server.drop([name for name in present if name == self.control or self._pattern.fullmatch(name)])

    def seq(self, generation: Generation) -> int:
        """The number kept with the last batch; 0 at first."""
        kept = self._server.note(self.control, f"seq-{generation.name}")
        return int(kept[0]["seq"]) if kept else 0

    def keep_seq(self, generation: Generation, seq: int) -> None:
        """Keep the number of a batch that is already written."""
        self._server.keep(self.control, f"seq-{generation.name}", {"seq": seq})
