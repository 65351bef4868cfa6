"""The writer: one at a time, versions decide, pages before their items, and nothing seen until it is all written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import cast

from elasticsearch.dsl.query import Terms

from search.backends.cluster import compaction
from search.backends.cluster.batch import Known, Ready, keys_of, leftovers, puts, ready, removals, settle
from search.backends.cluster.bulk import send
from search.backends.cluster.compaction import Compaction
from search.backends.cluster.generations import KINDS, Generations, Kind
from search.backends.cluster.layout import bodies
from search.backends.cluster.lease import Lease
from search.backends.cluster.server import Server
from search.backends.cluster.sources import Sources
from search.documents import Operation, Prepared
from search.engine import Applied, Generation
from search.errors import EngineAbsent, IndexOutdated, SearchUnavailable
from search.schema import Schema
from search.scope import INDEX_NAMES, IndexName

KEYS_AT_ONCE = 1_000
READ_AT_ONCE = 5_000
SEEN_EVERY = 50_000  # keys of a build that are remembered until the next refresh
ITEM_MARKS, PAGE_MARKS = 1, 2  # numbers after the key in an identity
COPIES = {"index": {"auto_expand_replicas": "0-1"}}


class ClusterWriter:
    """`Writer` of a cluster. Lives while its lease does."""

    def __init__(self, server: Server, generations: Generations, lease: Lease, schema: Schema, shards: int) -> None:
        self._server = server
        self._generations = generations
        self._lease = lease
        self._schema = schema
        self._shards = shards
        self._bodies = bodies(schema, shards, server.name)
        self._current: Generation | None = None
        self._unseen: set[tuple[IndexName, str]] = set()
        self._loaded = False  # whether a build has documents that a search would not find yet
        self._sent = 0  # documents of the build
        self._compaction: Compaction | None = None
        self._broken: set[Generation] = set()

    def apply(self, operations: Sequence[Operation], *, generation: Generation | None = None, seq: int | None = None) -> Applied:
        self._lease.renew()
        target = generation or self._in_use()
        self._check(target)
        batches = {name: [ready(each, self._schema) for each in operations if each.index == name] for name in INDEX_NAMES}
        with self._whole(generation):
            done = [self._apply(target, name, own, building=bool(generation)) for name, own in batches.items() if own]
        if generation:
            self._count(generation, sum(each.written for each in done))
        if seq is not None:
            self._generations.keep_seq(target, seq)
        return Applied(
            sum(each.written for each in done),
            sum(each.skipped for each in done),
            sum(each.deleted for each in done),
            {key: reason for each in done for key, reason in each.refused.items()},
        )

    def _apply(self, target: Generation, name: IndexName, operations: Sequence[Ready], *, building: bool) -> Applied:
        keys = sorted({operation.key for operation in operations})
        if building and (self._loaded or not self._unseen.isdisjoint((name, key) for key in keys)):
            self._refresh(target)
        known = Known(self._known(target, name, "items", keys), self._known(target, name, "pages", keys))
        final, applied = settle(operations, known.versions())
        refused = self._write(target, name, known, final)
        if building:
            self._unseen.update((name, key) for key in keys)
            if len(self._unseen) > SEEN_EVERY:
                self._refresh(target)
        else:
            self._server.refresh([self._generations.index(target, name, "pages")])
            self._server.refresh([self._generations.index(target, name, "items")])
        return replace(applied, written=applied.written - len(refused), refused=refused)

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

    def _write(self, target: Generation, name: IndexName, known: Known, final: dict[str, Ready]) -> dict[str, str]:
        """The keys that are refused, and why: nothing of them stays."""
        items, pages = (self._generations.index(target, name, kind) for kind in KINDS)
        put_pages = puts(pages, (each for ready in final.values() for each in ready.pages))
        refused = keys_of(send(self._server, [*put_pages, *leftovers(pages, known.pages, put_pages, final)]), PAGE_MARKS)
        put_items = puts(items, (each for key, ready in final.items() if key not in refused for each in ready.items))
        told = send(self._server, [*put_items, *leftovers(items, known.items, put_items, final)])
        refused |= keys_of(told, ITEM_MARKS)
        if refused:
            out = {key: final[key].version or 0 for key in refused}
            send(self._server, removals(items, (action.id for action in put_items), ITEM_MARKS, out))
            send(self._server, removals(pages, (action.id for action in put_pages), PAGE_MARKS, out))
        return refused

    def load(self, prepared: Prepared, generation: Generation) -> dict[str, str]:
        self._lease.renew()
        self._check(generation)
        refused: dict[str, str] = {}
        with self._whole(generation):
            content = cast("Sources", prepared.content)
            for name, kind in sorted(content, key=lambda each: KINDS.index(each[1]), reverse=True):
                marks = ITEM_MARKS if kind == "items" else PAGE_MARKS
                refused |= keys_of(
                    send(self._server, puts(self._generations.index(generation, name, kind), content[name, kind])), marks
                )
        self._loaded = True
        self._count(generation, sum(map(len, content.values())))
        return refused

    def _count(self, building: Generation, documents: int) -> None:
        """The first batch is a piece of its own: with a single one there would be nothing to merge."""
        if not self._sent and documents:
            self._refresh(building)
        self._sent += documents

    def hold(self) -> None:
        self._lease.renew()

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
        except EngineAbsent:
            raise  # a cluster that does not answer, or not yet, is not one without index: an empty one must not take its place
        except (IndexOutdated, SearchUnavailable):
            self.activate(self.begin_generation())
            return self._in_use()

    def begin_generation(self) -> Generation:
        self._lease.renew()
        self._unseen.clear()
        self._loaded = False
        self._sent, self._compaction = 0, None
        return self._generations.begin(self._bodies)

    def settle(self, generation: Generation) -> bool:
        self._lease.renew()
        self._check(generation)
        if self._compaction is None:
            if self._sent < compaction.WORTH:
                return True
            self._refresh(generation)
            self._compaction = Compaction(self._server, self._generations.indexes(generation), self._shards)
        if not self._compaction.done():
            return False
        self._refresh(generation)  # what was there before is let go
        self._sent, self._compaction = 0, None
        return True

    def activate(self, generation: Generation) -> None:
        while not self.settle(generation):
            continue  # it waits a moment by itself
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
