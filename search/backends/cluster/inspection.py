"""What operators ask of the index: what it has, whether it is whole, how it is."""

from __future__ import annotations

from collections.abc import Iterator

from search.backends.cluster.generations import Generations
from search.backends.cluster.listing import key_of
from search.backends.cluster.server import IN_COLUMNS, Server
from search.engine import Generation, Health, Report
from search.errors import EngineAbsent, SearchError
from search.scope import INDEX_NAMES, IndexName

AT_ONCE = 5_000


class Inspection:
    """The index looked at from outside."""

    def __init__(self, server: Server, generations: Generations) -> None:
        self._server = server
        self._generations = generations

    def inventory(self, alias: str) -> Iterator[tuple[str, int]]:
        """(key, version) of every item of an index."""
        body = {
            "query": {"term": {"lead": True}},
            **IN_COLUMNS,
            "docvalue_fields": ["key", "version"],
            "sort": [{"order": "asc"}, {"variant": "asc"}],
        }
        for hits in self._server.scan(alias, body, AT_ONCE):
            yield from ((key_of(hit), int(hit["fields"]["version"][0])) for hit in hits)

    def _keys_with_pages(self, alias: str) -> Iterator[tuple[str, int]]:
        """Keys that have pages, and how many."""
        grouped = {"size": AT_ONCE, "sources": [{"key": {"terms": {"field": "key"}}}]}
        body = {"size": 0, "track_total_hits": False, "aggs": {"keys": {"composite": grouped}}}
        while buckets := (found := self._server.search(alias, body, waits=False)["aggregations"]["keys"])["buckets"]:
            yield from ((str(each["key"]["key"]), int(each["doc_count"])) for each in buckets)
            grouped["after"] = found["after_key"]

    def verify(self) -> Report:
        """Keys indexed twice, and pages whose item is not there."""
        checked, faults = 0, list[str]()
        for name in INDEX_NAMES:
            keys = [key for key, _ in self.inventory(self._generations.alias(name, "items"))]
            known = set(keys)
            if len(known) != len(keys):
                faults.append(f"{name}: {len(keys) - len(known)} keys are indexed twice.")
            paged = dict(self._keys_with_pages(self._generations.alias(name, "pages")))
            if lost := paged.keys() - known:
                faults.append(f"{name}: {len(lost)} items have pages but are not indexed themselves.")
            checked += len(keys) + sum(paged.values())
        return Report(checked, tuple(faults))

    def health(self) -> Health:
        """State for operators; a cluster that does not answer is not mended by building the index again."""
        try:
            return self._health(self._generations.current())
        except SearchError as error:
            nothing: dict[IndexName, int] = dict.fromkeys(INDEX_NAMES, 0)
            mends = not isinstance(error, EngineAbsent)
            return Health(self._server.name, "", nothing, nothing, 0, 0, str(error), rebuild=mends)

    def _health(self, generation: Generation) -> Health:
        items: dict[IndexName, int] = {}
        pages: dict[IndexName, int] = {}
        for name in INDEX_NAMES:
            leads = {"query": {"term": {"lead": True}}, "size": 0, "track_total_hits": True}
            found = self._server.search(self._generations.index(generation, name, "items"), leads)
            items[name] = int(found["hits"]["total"]["value"])
            pages[name] = self._server.count(self._generations.index(generation, name, "pages"))
        size, seq = self._server.size(self._generations.indexes(generation)), self._generations.seq(generation)
        version = self._server.version()
        return Health(self._server.name, generation.name, items, pages, size, seq, "", version=version)
