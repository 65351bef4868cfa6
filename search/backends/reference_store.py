"""What the reference engine keeps, and its writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from search.documents import Delete, Operation, Prepared
from search.engine import Applied, Generation
from search.errors import SearchUnavailable
from search.rows import ItemRow, analysed
from search.schema import Schema
from search.scope import INDEX_NAMES, IndexName


@dataclass
class Contents:
    """The documents of one generation, by index and key."""

    rows: dict[IndexName, dict[str, list[ItemRow]]] = field(default_factory=lambda: {name: {} for name in INDEX_NAMES})
    seq: int = 0


class ReferenceWriter:
    """`Writer` of the reference engine."""

    def __init__(
        self,
        schema: Schema,
        generations: dict[int, Contents],
        activate: Callable[[Generation], None],
        current: Callable[[], Generation | None],
    ) -> None:
        self._schema = schema
        self._generations = generations
        self._activate = activate
        self._current = current

    def apply(self, operations: Sequence[Operation], *, generation: Generation | None = None, seq: int | None = None) -> Applied:
        target = generation or self._current()
        if target is None:
            raise SearchUnavailable("There is no index yet: build it.")
        contents = self._generations[target.number]
        rows = [[analysed(each, self._schema) for each in getattr(operation, "documents", ())] for operation in operations]
        done = Counter(self._apply(contents, operation, own) for operation, own in zip(operations, rows, strict=True))
        contents.seq = contents.seq if seq is None else seq
        return Applied(done["written"], done["skipped"], done["deleted"])

    def _apply(self, contents: Contents, operation: Operation, own: list[ItemRow]) -> str:
        rows = contents.rows[operation.index]
        if isinstance(operation, Delete):
            rows.pop(operation.key, None)
            return "deleted"
        if operation.key in rows and rows[operation.key][0].document.version > operation.version:
            return "skipped"
        rows[operation.key] = own
        return "written"

    def hold(self) -> None:
        """There is no other writer."""

    def ensure_generation(self) -> Generation:
        generation = self._current()
        if generation is None:
            generation = self.begin_generation()
            self.activate(generation)
        return generation

    def begin_generation(self) -> Generation:
        number = max(self._generations, default=0) + 1
        self._generations[number] = Contents()
        return Generation(number, self._schema.fingerprint())

    def load(self, prepared: Prepared, generation: Generation) -> dict[str, str]:
        self.apply(cast("Sequence[Operation]", prepared.content), generation=generation)
        return {}

    def settle(self, _generation: Generation) -> bool:
        """There is nothing to put in order."""
        return True

    def activate(self, generation: Generation) -> None:
        self._activate(generation)
