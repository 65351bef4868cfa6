"""The writer: one at a time, versions decide, pages before their items, and nothing seen until it is all written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from elasticsearch.dsl.query import Terms

from search.backends.cluster.bulk import Action, send
from search.backends.cluster.generations import KINDS, Generations, Kind
from search.backends.cluster.layout import bodies
from search.backends.cluster.lease import Lease
from search.backends.cluster.server import Server
from search.backends.cluster.sources import Sources, sources
from search.documents import Operation, Prepared, Upsert
from search.engine import Applied, Generation
from search.errors import IndexOutdated, SearchUnavailable
from search.schema import Schema
from search.scope import INDEX_NAMES, IndexName

KEYS_AT_ONCE = 1_000
READ_AT_ONCE = 5_000
SEEN_EVERY = 50_000  # keys of a build that are remembered until the next refresh
COPIES = {"index": {"auto_expand_replicas": "0-1"}}


@dataclass(frozen=True)
class _Known:
    """Documents that an index has of some keys: id → (key, version)."""

    items: dict[str, tuple[str, int]]
    pages: dict[str, tuple[str, int]]

    def versions(self) -> dict[str, int]:
        return dict(self.items.values())


class ClusterWriter:
    """`Writer` of a cluster. Lives while its lease does."""

    def __init__(self, server: Server, generations: Generations, lease: Lease, schema: Schema, shards: int) -> None:
        self._server = server
        self._generations = generations
        self._lease = lease
        self._schema = schema
        self._bodies = bodies(schema, shards, server.name)
        self._current: Generation | None = None
        self._unseen: set[tuple[IndexName, str]] = set()
        self._loaded = False  # whether a build has documents that a search would not find yet
        self._broken: set[Generation] = set()

    def apply(self, operations: Sequence[Operation], *, generation: Generation | None = None, seq: int | None = None) -> Applied:
        self._lease.renew()
        target = generation or self._in_use()
        self._check(target)
        with self._whole(generation):
            written = skipped = deleted = 0
            for name in INDEX_NAMES:
                done = self._apply(target, name, [each for each in operations if each.index == name], building=bool(generation))
                written, skipped, deleted = written + done.written, skipped + done.skipped, deleted + done.deleted
        if seq is not None:
            self._generations.keep_seq(target, seq)
        return Applied(written, skipped, deleted)

    def _apply(self, target: Generation, name: IndexName, operations: Sequence[Operation], *, building: bool) -> Applied:
        if not operations:
            return Applied(0, 0, 0)
        keys = sorted({operation.key for operation in operations})
        if building and (self._loaded or not self._unseen.isdisjoint((name, key) for key in keys)):
            self._refresh(target)
        known = _Known(self._known(target, name, "items", keys), self._known(target, name, "pages", keys))
        final, applied = _settle(operations, known.versions())
        self._write(target, name, known, final)
        if building:
            self._unseen.update((name, key) for key in keys)
            if len(self._unseen) > SEEN_EVERY:
                self._refresh(target)
        else:
            self._server.refresh([self._generations.index(target, name, "pages")])
            self._server.refresh([self._generations.index(target, name, "items")])
        return applied

    def _known(self, target: Generation, name: IndexName, kind: Kind, keys: Sequence[str]) -> dict[str, tuple[str, int]]:
        index = self._generations.index(target, name, kind)
        found: dict[str, tuple[str, int]] = {}
        for at in range(0, len(keys), KEYS_AT_ONCE):
            body = {
                "query": {"bool": {"filter": [Terms(key=list(keys[at : at + KEYS_AT_ONCE])).to_dict()]}},
                "size": READ_AT_ONCE,
                "track_total_hits": False,
                "_source": False,
                "docvalue_fields": ["key", "version"],
                "sort": [{"order": "asc"}, {"variant": "asc"}, {"slot": "asc"}],
            }
            while hits := self._server.search(index, body, waits=False)["hits"]["hits"]:
                found |= {hit["_id"]: (str(hit["fields"]["key"][0]), int(hit["fields"]["version"][0])) for hit in hits}
                body["search_after"] = hits[-1]["sort"]
                if len(hits) < READ_AT_ONCE:
                    break
        return found

    def _write(self, target: Generation, name: IndexName, known: _Known, final: dict[str, Upsert | None]) -> None:
        items, pages = (self._generations.index(target, name, kind) for kind in KINDS)
        put_items: list[Action] = []
        put_pages: list[Action] = []
        for operation in filter(None, final.values()):
            own, of_pages = sources(operation, self._schema)
            put_items += [Action(items, *source) for source in own]
            put_pages += [Action(pages, *source) for source in of_pages]
        send(self._server, [*put_pages, *_leftovers(pages, known.pages, put_pages, final)])
        send(self._server, [*put_items, *_leftovers(items, known.items, put_items, final)])

    def load(self, prepared: Prepared, generation: Generation) -> None:
        self._lease.renew()
        self._check(generation)
        content = cast("Sources", prepared.content)
        with self._whole(generation):
            for kind in reversed(KINDS):
                actions = (
                    Action(self._generations.index(generation, name, of), *source)
                    for (name, of), sources in content.items()
                    if of == kind
                    for source in sources
                )
                send(self._server, list(actions))
        self._loaded = True

    def _refresh(self, target: Generation) -> None:
        """Pages first: an item is never visible before its pages."""
        for kind in reversed(KINDS):
            self._server.refresh([self._generations.index(target, name, kind) for name in INDEX_NAMES])
        self._unseen.clear()
        self._loaded = False

    def _in_use(self) -> Generation:
        if self._current is None:
            self._current = self._generations.current()
        return self._current

    def ensure_generation(self) -> Generation:
        try:
            return self._in_use()
        except (IndexOutdated, SearchUnavailable):
            if self._server.version():  # a cluster that does not answer is not one without index
                generation = self.begin_generation()
                self.activate(generation)
            return self._in_use()

    def begin_generation(self) -> Generation:
        self._lease.renew()
        self._unseen.clear()
        self._loaded = False
        return self._generations.begin(self._bodies)

    def activate(self, generation: Generation) -> None:
        self._check(generation)
        self._refresh(generation)
        self._server.settings(self._generations.indexes(generation), COPIES)
        self._generations.put_in_use(generation)
        self._current = None

    @contextmanager
    def _whole(self, building: Generation | None) -> Iterator[None]:
        """A build cannot go on with a hole in it; a batch for the index in use is simply sent again."""
        try:
            yield
        except BaseException:
            if building is not None:
                self._broken.add(building)
            raise

    def _check(self, generation: Generation) -> None:
        if generation in self._broken:
            raise SearchUnavailable(f"Part of the build {generation.name} was lost to an error: begin again.")


def _settle(operations: Sequence[Operation], versions: dict[str, int]) -> tuple[dict[str, Upsert | None], Applied]:
    """What each key ends as after a batch (None: out), leaving alone those that have a newer version."""
    final: dict[str, Upsert | None] = {}
    written = skipped = deleted = 0
    for operation in operations:
        if not isinstance(operation, Upsert):
            final[operation.key] = None
            versions.pop(operation.key, None)
            deleted += 1
        elif versions.get(operation.key, -1) > operation.version:
            skipped += 1
        else:
            final[operation.key] = operation
            versions[operation.key] = operation.version
            written += 1
    return final, Applied(written, skipped, deleted)


def _leftovers(
    index: str, known: dict[str, tuple[str, int]], put: Sequence[Action], final: dict[str, Upsert | None]
) -> list[Action]:
    """What those keys had in the index and no longer do."""
    kept = {action.id for action in put}
    return [
        Action(index, identity, _last(final[key], version))
        for identity, (key, version) in known.items()
        if key in final and identity not in kept
    ]


def _last(operation: Upsert | None, version: int) -> int:
    return version if operation is None else max(version, operation.version)
