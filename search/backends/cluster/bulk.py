"""Writing many documents without drowning the cluster: bounded requests, and again, later, only what it did not take."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.backends.cluster.server import Server
from search.backends.cluster.transport import Json, Overloaded
from search.errors import SearchUnavailable

MOST_ACTIONS = 500
MOST_BYTES = 5_000_000
TRIES = 8
FIRST_WAIT = 0.2
_TAKEN = range(200, 300)
_GONE, _NEWER = 404, 409
_LATER = frozenset({429, 503})


compact = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True)
class Action:
    """Put a document (`source`, which may be JSON already) or take it out (None), unless there is a later version of it."""

    index: str
    id: str
    version: int
    source: Mapping[str, Any] | str | None = None

    def lines(self) -> bytes:
        """As the server reads it."""
        verb = "delete" if self.source is None else "index"
        head = {"_index": self.index, "_id": self.id, "version": self.version, "version_type": "external_gte"}
        lines = [compact({verb: head})]
        if self.source is not None:
            lines.append(self.source if isinstance(self.source, str) else compact(self.source))
        return "".join(line + "\n" for line in lines).encode()


def send(server: Server, actions: Sequence[Action]) -> None:
    """Write them all; SearchUnavailable when the cluster goes on refusing some."""
    for chunk in _chunks([action.lines() for action in actions], MOST_ACTIONS):
        _insist(server, chunk)


def _chunks(lines: Sequence[bytes], most: int) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    for each in lines:
        if chunk and (len(chunk) >= most or size + len(each) > MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(each)
        size += len(each)
    if chunk:
        yield chunk


def _insist(server: Server, lines: list[bytes]) -> None:
    """The back-pressure: each refusal waits twice as long, and a request refused whole goes on in halves."""
    most, wait = len(lines), FIRST_WAIT
    for _ in range(TRIES):
        left: list[bytes] = []
        for chunk in _chunks(lines, most):
            try:
                left += _not_taken(chunk, server.bulk(b"".join(chunk)))
            except Overloaded:
                left += chunk
                most = max(1, most // 2)
        if not left:
            return
        lines = left
        time.sleep(wait)
        wait *= 2
    raise SearchUnavailable(f"The search cluster did not take {len(lines)} documents in {TRIES} tries: it is overloaded.")


def _not_taken(chunk: Sequence[bytes], items: Sequence[Json]) -> list[bytes]:
    """What is to be sent again. A later version already there, or nothing to take out, is what was wanted."""
    again: list[bytes] = []
    for lines, item in zip(chunk, items, strict=True):
        answer = next(iter(item.values()))
        status = int(answer["status"])
        if status in _LATER:
            again.append(lines)
        elif status not in _TAKEN and status not in (_GONE, _NEWER):
            reason = answer.get("error", {}).get("type", "")
            raise SearchUnavailable(f"The search cluster refused a document ({status} {reason}). Rebuild the index.")
    return again
