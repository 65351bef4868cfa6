"""The verbs the engine uses, the same for both brands, with what keeps a slow or broken cluster from holding anybody."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from search.backends.cluster.transport import CHECK, Call, Conflict, Json, NotThere, Transport, Unreachable
from search.deadline import spending, stepping
from search.errors import EngineAbsent, SearchUnavailable

WRITING = 60.0  # seconds for what no reader waits for
KEEP = "2m"
TRIPS_AFTER = 3
REST = 1.0
LATE = f"The search cluster is not answering in time. {CHECK}"
FAIR = 0.3  # with less time than this, being late says nothing about the cluster
Guard = tuple[int, int]
IN_COLUMNS: Mapping[str, Any] = {"_source": False, "stored_fields": "_none_"}
"""Of each hit, nothing but columns (its place in the order and those asked for): what is stored is kept in blocks, and a block
would be read and opened whole for the identity of each one, that nobody looks at."""


class Server:
    """A cluster. Reads are bounded by `patience` or by the `time_limit` of who asks; after three that nobody answers, the
    next ones fail at once during a second."""

    def __init__(self, transport: Transport, patience: float) -> None:
        self._transport = transport
        self._patience = patience
        self._failures = 0
        self._resting_until = 0.0

    @property
    def name(self) -> str:
        return self._transport.name

    def close(self) -> None:
        """Let go of the connections."""
        self._transport.close()

    def _resting(self) -> bool:
        """Whether to say at once that nobody is there. After a rest, one question goes to see and the others do not wait with it."""
        now = time.monotonic()
        if self._failures < TRIPS_AFTER or now >= self._resting_until:
            self._resting_until = now + REST
            return False
        return True

    def _ask(self, path: str, body: Json | None = None, params: Mapping[str, str] | None = None, method: str = "POST") -> Json:
        """A read, within the time there is."""
        with spending(self._patience) as left:
            if left <= 0 or self._resting():
                raise Unreachable(LATE)
            try:
                answer = self._transport.call(Call(method, path, left, body, params))
            except Unreachable:
                if left >= FAIR:
                    self._failures += 1
                    self._resting_until = time.monotonic() + REST
                raise
        self._failures = 0
        return answer

    def _write(self, method: str, path: str, body: Json | bytes | None = None, params: Mapping[str, str] | None = None) -> Json:
        return self._transport.call(Call(method, path, WRITING, body, params))

    def search(self, index: str, body: dict[str, Any], *, waits: bool = True, options: Mapping[str, str] | None = None) -> Json:
        """One search; an answer with a part missing is none. `waits` False for a step of something long, that nobody waits for."""
        params = {"allow_partial_search_results": "false", "search_type": "dfs_query_then_fetch", **(options or {})}
        path = f"/{index}/_search" if index else "/_search"
        if waits:
            return complete(self._ask(path, body, params))
        with _step() as left:
            return complete(self._transport.call(Call("POST", path, left, body, params)))

    def count(self, index: str) -> int:
        """Documents of an index, whatever they are."""
        return int(self._ask(f"/{index}/_count", method="GET")["count"])

    def version(self) -> str:
        """The version of a node."""
        nodes: Json = self._ask("/_nodes", params={"filter_path": "nodes.*.version"}, method="GET")["nodes"]
        return ", ".join(sorted({str(node["version"]) for node in nodes.values()}))

    @contextmanager
    def snapshot(self, index: str) -> Iterator[str]:
        """A point in time of an index, for reading it whole."""
        with _step() as left:
            name = self._transport.open_snapshot(index, KEEP, left)
        try:
            yield name
        finally:
            self._let_go(name)

    def _let_go(self, snapshot: str) -> None:
        try:
            with _step() as left:
                self._transport.close_snapshot(snapshot, left)
        except (EngineAbsent, NotThere):
            return  # it is lost already, or goes away by itself after `KEEP`

    def scan(self, index: str, body: dict[str, Any], batch: int) -> Iterator[list[Json]]:
        """Every hit of a search whose order has no ties, in batches, from one point in time."""
        with self.snapshot(index) as name:
            page = {**body, "size": batch, "track_total_hits": False, "pit": {"id": name, "keep_alive": KEEP}}
            while hits := self.search("", page, waits=False)["hits"]["hits"]:
                yield hits
                page["search_after"] = hits[-1]["sort"]

    def indexes(self, pattern: str) -> dict[str, list[str]]:
        """The indexes of that name and their aliases."""
        params = {"expand_wildcards": "all", "ignore_unavailable": "true", "allow_no_indices": "true"}
        found = self._ask(f"/{pattern}/_alias", params=params, method="GET")
        return {name: list(each["aliases"]) for name, each in found.items() if isinstance(each, Mapping) and "aliases" in each}

    def size(self, indexes: Sequence[str]) -> int:
        """What some indexes take on disk, copies included."""
        path = f"/{','.join(indexes)}/_stats/store"
        return int(self._ask(path, method="GET")["_all"]["total"]["store"]["size_in_bytes"])

    def create(self, index: str, body: Json) -> None:
        """Make an index; one that is already there is no error."""
        try:
            self._write("PUT", f"/{index}", body)
        except SearchUnavailable:
            if index not in self.indexes(index):
                raise

    def drop(self, indexes: Sequence[str]) -> None:
        """Remove indexes."""
        for index in indexes:
            self._write("DELETE", f"/{index}", params={"ignore_unavailable": "true"})

    def refresh(self, indexes: Sequence[str]) -> None:
        """Let what was written be seen."""
        self._write("POST", f"/{','.join(indexes)}/_refresh")

    def flush(self, indexes: Sequence[str]) -> None:
        """Let what was written be safe on disk, and its recovery not need it any more."""
        self._write("POST", f"/{','.join(indexes)}/_flush", params={"force": "true", "wait_if_ongoing": "true"})

    def merge(self, indexes: Sequence[str], most: int) -> str:
        """Begin to write indexes again in at most so many pieces for each shard; the name of the task that does it."""
        params = {"max_num_segments": str(most), "wait_for_completion": "false"}
        return str(self._write("POST", f"/{','.join(indexes)}/_forcemerge", params=params)["task"])

    def ended(self, task: str) -> bool:
        """Whether a task is over; one that nobody knows is."""
        try:
            return bool(self._write("GET", f"/_tasks/{task}")["completed"])
        except NotThere:
            return True

    def settings(self, indexes: Sequence[str], values: Json) -> None:
        """Change settings of indexes."""
        self._write("PUT", f"/{','.join(indexes)}/_settings", values)

    def aliases(self, actions: Sequence[Json]) -> None:
        """Change aliases, all at once."""
        self._write("POST", "/_aliases", {"actions": list(actions)})

    def bulk(self, lines: bytes) -> Sequence[Json]:
        """Write many documents; what happened to each, in order."""
        items: Sequence[Json] = self._write("POST", "/_bulk", lines)["items"]
        return items

    def note(self, index: str, name: str) -> tuple[dict[str, Any], Guard] | None:
        """A small document of the engine's own, and the guard that its next writing needs."""
        try:
            found = self._ask(f"/{index}/_doc/{name}", method="GET")
        except NotThere:
            return None
        return json.loads(found["_source"]["note"]), (int(found["_seq_no"]), int(found["_primary_term"]))

    def keep(self, index: str, name: str, note: Json, guard: Guard | None = None, *, new: bool = False) -> Guard | None:
        """Write it; None when somebody wrote it since, or it is there and should be `new`."""
        params = {"if_seq_no": str(guard[0]), "if_primary_term": str(guard[1])} if guard else {"op_type": "create"} if new else {}
        try:
            answer = self._write("PUT", f"/{index}/_doc/{name}", {"note": json.dumps(note)}, params)
        except Conflict:
            return None
        return int(answer["_seq_no"]), int(answer["_primary_term"])

    def discard(self, index: str, name: str, guard: Guard) -> None:
        """Remove it, unless somebody wrote it since."""
        try:
            params = {"if_seq_no": str(guard[0]), "if_primary_term": str(guard[1])}
            self._write("DELETE", f"/{index}/_doc/{name}", params=params)
        except (Conflict, NotThere):
            return


@contextmanager
def _step() -> Iterator[float]:
    """The seconds for a step of something long."""
    with stepping(WRITING) as left:
        if left <= 0:
            raise Unreachable(LATE)
        yield left


def complete(answer: Json) -> Json:
    """The answer, if every part of the index took part in it and in time."""
    shards = answer.get("_shards", {})
    if answer.get("timed_out") or shards.get("failed") or "hits" not in answer:
        raise Unreachable(f"Part of the search cluster does not answer. {CHECK}")
    return answer
