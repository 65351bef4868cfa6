"""A batch for one index: what each key ends as, and the actions that take it there from what the index has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.backends.cluster.bulk import Action
from search.backends.cluster.sources import Source, sources
from search.documents import Operation, Upsert
from search.engine import Applied
from search.schema import Schema


class Ready(NamedTuple):
    """An operation worked out: `version` None takes the key out."""

    key: str
    version: int | None
    items: Sequence[Source] = ()
    pages: Sequence[Source] = ()


@dataclass(frozen=True)
class Known:
    """Documents that an index has of some keys: id → (key, version)."""

    items: dict[str, tuple[str, int]]
    pages: dict[str, tuple[str, int]]

    def versions(self) -> dict[str, int]:
        return dict(self.items.values())


def ready(operation: Operation, schema: Schema) -> Ready:
    """InvalidRequest when it does not fit the schema."""
    if not isinstance(operation, Upsert):
        return Ready(operation.key, None)
    return Ready(operation.key, operation.version, *sources(operation, schema))


def settle(operations: Sequence[Ready], versions: dict[str, int]) -> tuple[dict[str, Ready], Applied]:
    """What each key ends as after a batch, leaving alone those that have a newer version."""
    final: dict[str, Ready] = {}
    written = skipped = deleted = 0
    for operation in operations:
        if operation.version is None:
            final[operation.key] = operation
            versions.pop(operation.key, None)
            deleted += 1
        elif versions.get(operation.key, -1) > operation.version:
            skipped += 1
        else:
            final[operation.key] = operation
            versions[operation.key] = operation.version
            written += 1
    return final, Applied(written, skipped, deleted)


def puts(index: str, documents: Iterable[Source]) -> list[Action]:
    """Write those documents."""
    return [Action(index, *document) for document in documents]


def leftovers(index: str, known: dict[str, tuple[str, int]], put: Sequence[Action], final: dict[str, Ready]) -> list[Action]:
    """Take out what those keys had in the index and no longer do."""
    kept = {action.id for action in put}
    return [
        Action(index, identity, max(version, final[key].version or 0))
        for identity, (key, version) in known.items()
        if key in final and identity not in kept
    ]


def keys_of(refused: Mapping[str, str], marks: int) -> dict[str, str]:
    """The keys of some documents, and why they were refused. `marks` in an identity after its key: 1 of items, 2 of pages."""
    found: dict[str, str] = {}
    for identity, reason in refused.items():
        found.setdefault(identity.rsplit("#", marks)[0], reason)
    return found


def removals(index: str, identities: Iterable[str], marks: int, keys: Mapping[str, int]) -> list[Action]:
    """Take out those documents, if they are of those keys."""
    found = ((identity, keys.get(identity.rsplit("#", marks)[0])) for identity in identities)
    return [Action(index, identity, version) for identity, version in found if version is not None]
