"""Writing many documents without drowning the cluster: bounded requests, and again, later, only what it did not take."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.backends.cluster.server import Server
from search.backends.cluster.transport import Json, Overloaded, TooLarge
from search.errors import SearchUnavailable

MOST_ACTIONS = 500
MOST_BYTES = 5_000_000
TRIES = 8
FIRST_WAIT = 0.2
_TAKEN = range(200, 300)
_BAD, _GONE, _NEWER = 400, 404, 409
_LATER = frozenset({429, 503})
_FIELD = re.compile(r"field \[([\w.]+)\]")
_Sent = tuple[str, bytes]
"""Identity of a document, and the lines that write it."""


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


def send(server: Server, actions: Sequence[Action]) -> dict[str, str]:
    """Write them all, but for those that the cluster will not take as they are: their `id`, and why.

    Overloaded when it goes on asking for later; SearchUnavailable when something else than a document is wrong.
    """
    refused: dict[str, str] = {}
    for chunk in _chunks([(action.id, action.lines()) for action in actions], MOST_ACTIONS):
        _insist(server, chunk, refused)
    return refused


def _chunks(sent: Sequence[_Sent], most: int) -> Iterator[list[_Sent]]:
    chunk: list[_Sent] = []
    size = 0
    for each in sent:
        if chunk and (len(chunk) >= most or size + len(each[1]) > MOST_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(each)
        size += len(each[1])
    if chunk:
        yield chunk


def _insist(server: Server, left: list[_Sent], refused: dict[str, str]) -> None:
    """The back-pressure: each refusal waits twice as long, and a request that comes too early goes on in halves."""
    most, wait = len(left), FIRST_WAIT
    for _ in range(TRIES):
        again: list[_Sent] = []
        for chunk in _chunks(left, most):
            try:
                again += _offer(server, chunk, refused)
            except Overloaded:
                again += chunk
                most = max(1, most // 2)
        if not again:
            return
        left = again
        time.sleep(wait)
        wait *= 2
    raise Overloaded(f"The search cluster did not take {len(left)} documents in {TRIES} tries: it is overloaded.")


def _offer(server: Server, chunk: Sequence[_Sent], refused: dict[str, str]) -> list[_Sent]:
    """What is to be sent again. A request too large goes in halves at once, down to the document that fits in none."""
    try:
        return _not_taken(chunk, server.bulk(b"".join(lines for _, lines in chunk)), refused)
    except TooLarge:
        if len(chunk) == 1:
            refused[chunk[0][0]] = "larger than the cluster takes"
            return []
        half = len(chunk) // 2
        return [*_offer(server, chunk[:half], refused), *_offer(server, chunk[half:], refused)]


def _not_taken(chunk: Sequence[_Sent], items: Sequence[Json], refused: dict[str, str]) -> list[_Sent]:
    """What is to be sent again. A later version already there, or nothing to take out, is what was wanted."""
    again: list[_Sent] = []
    for sent, item in zip(chunk, items, strict=True):
        verb, answer = next(iter(item.items()))
        status = int(answer["status"])
        if status in _LATER:
            again.append(sent)
        elif status == _BAD:
            refused[sent[0]] = _reason(answer.get("error", {}))
        elif status not in _TAKEN and status != _NEWER and (verb, status) != ("delete", _GONE):
            told = answer.get("error", {}).get("type", "")
            raise SearchUnavailable(f"The search cluster refused a document ({status} {told}). Rebuild the index.")
    return again


def _reason(error: Json) -> str:
    """The kind of fault and the field that has it: the server's own sentence quotes the document."""
    field = _FIELD.search(str(error.get("reason", "")))
    return str(error.get("type", "refused")) + (f", field {field[1]}" if field else "")
