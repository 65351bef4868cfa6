"""One request to a cluster, whatever its brand: what both clients share, and errors a caller can tell apart.

Messages never carry the address, the query or the answer: the first may hold a password, the others somebody's words.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from search.cluster import ClusterAddress, ClusterOptions
from search.errors import EngineAbsent, SearchUnavailable

Json = Mapping[str, Any]
JSON, NDJSON = "application/json", "application/x-ndjson"
CHECK = "Check that the cluster is running and that ACERVO_BUSQUEDA says where."


class Unreachable(EngineAbsent):
    """Nobody answers there, or not in time, or not in a way that can be understood."""


class NotThere(SearchUnavailable):
    """The index or the document does not exist (404)."""


class Conflict(EngineAbsent):
    """Somebody changed it before (409)."""


class Overloaded(EngineAbsent):
    """The cluster asks for less, or for later (413, 429, 503)."""


class TooLarge(Overloaded):
    """The request is larger than the cluster takes (413)."""


class Refused(EngineAbsent):
    """The cluster will not do it: `status` says why."""


_BY_STATUS: Mapping[int, type[SearchUnavailable]] = {
    404: NotThere,
    409: Conflict,
    413: TooLarge,
    429: Overloaded,
    503: Overloaded,
}


def refusal(status: int, reason: str) -> SearchUnavailable:
    """The error of an answer that is not 2xx. `reason` is the type that the server gives («index_not_found_exception»)."""
    kind = _BY_STATUS.get(status, Refused)
    told = reason if reason.replace("_", "").isalnum() else "without a reason"
    hint = " Check the user and password in ACERVO_BUSQUEDA." if status in (401, 403) else ""
    return kind(f"The search cluster answered {status} ({told}).{hint}")


@dataclass(frozen=True)
class Call:
    """What is asked. `timeout` in seconds; `body` JSON, or lines of it already written."""

    method: str
    path: str
    timeout: float
    body: Json | bytes | None = None
    params: Mapping[str, str] | None = None

    @property
    def headers(self) -> dict[str, str]:
        kind = NDJSON if isinstance(self.body, bytes) else JSON
        return {"accept": JSON, **({"content-type": kind} if self.body is not None else {})}


class Transport(Protocol):
    """A client of one brand. `call` gives the answer as JSON ({} when it is not an object)."""

    name: str

    def call(self, call: Call) -> Json:
        """Raises one of the errors above, never those of the client."""
        ...

    def open_snapshot(self, index: str, keep: str, timeout: float) -> str:
        """A point in time to read from; its name."""
        ...

    def close_snapshot(self, name: str, timeout: float) -> None:
        """Let go of it."""
        ...

    def close(self) -> None:
        """Let go of the connections."""
        ...


class Connection[Client]:
    """A client made when first used, and again after a fork."""

    def __init__(self, address: ClusterAddress, options: ClusterOptions) -> None:
        self.address = address
        self.options = options
        self._made: tuple[int, Client] | None = None

    def make(self) -> Client:
        raise TypeError("Each brand makes its own client.")

    def client(self) -> Client:
        """The client of this process."""
        if self._made is None or self._made[0] != os.getpid():
            self._made = os.getpid(), self.make()
        return self._made[1]

    def forget(self) -> Client | None:
        """The client, if this process made one; the next use makes another."""
        made, self._made = self._made, None
        return made[1] if made and made[0] == os.getpid() else None


def as_json(answer: object) -> Json:
    """The answer as an object; one of another shape is not the engine speaking."""
    if isinstance(answer, Mapping):
        return answer
    if answer in (None, "", True, False):
        return {}
    raise Unreachable(f"What answers is not a search engine. {CHECK}")
