"""Who writes. A note in the cluster that must be renewed: if its owner dies, whoever comes next takes it.

On the same machine a dead owner, or a note that could not be released, is known at once; from another one, when the note expires. Two writers would do no harm to
the index (versions decide), only twice the work.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from search.backends.cluster.generations import CONTROL
from search.backends.cluster.server import Guard, Server
from search.backends.cluster.transport import Overloaded
from search.errors import IndexBusy

LASTS = 60.0
RENEWED_AFTER = 15.0
LATEST = 45.0  # seconds without renewing it after which a cluster that asks for later is not waited for
NOTE = "writer"
_POLL_SECONDS = 0.1
_HELD: set[str] = set()
"""Marks of the leases that this process holds: a note of this process with another mark was left by an error."""


class Lease:
    """The writer's note, held."""

    def __init__(self, server: Server, control: str) -> None:
        self._server = server
        self._control = control
        self._owner = {"host": socket.gethostname(), "pid": os.getpid(), "mark": secrets.token_hex(8)}
        self._guard: Guard | None = None
        self._renewed = 0.0

    def take(self) -> bool:
        """Try once to be the writer."""
        found = self._server.note(self._control, NOTE)
        if found is None:
            self._guard = self._server.keep(self._control, NOTE, self._note(), new=True)
        elif self._is_free(found[0]):
            self._guard = self._server.keep(self._control, NOTE, self._note(), found[1])
        return self._guard is not None

    def _note(self) -> dict[str, Any]:
        self._renewed = time.monotonic()
        return {**self._owner, "until": time.time() + LASTS}

    def _is_free(self, note: dict[str, Any]) -> bool:
        if float(note["until"]) < time.time():
            return True
        if note["host"] != self._owner["host"]:
            return False
        return note["mark"] not in _HELD if note["pid"] == self._owner["pid"] else not _alive(int(note["pid"]))

    @contextmanager
    def held(self) -> Iterator[Lease]:
        """While it lasts, what is taken is not taken by others of this process; then it is released."""
        _HELD.add(str(self._owner["mark"]))
        try:
            yield self
        finally:
            _HELD.discard(str(self._owner["mark"]))
            self.release()

    def renew(self) -> None:
        """Go on being the writer; IndexBusy when another one took its place."""
        if time.monotonic() - self._renewed < RENEWED_AFTER:
            return
        since = self._renewed
        try:
            self._guard = self._server.keep(self._control, NOTE, self._note(), self._guard)
        except Overloaded:
            self._renewed = since
            if time.monotonic() - since > LATEST:
                raise
            return  # there is time to ask again
        if self._guard is None:
            raise IndexBusy("Another process took over the writing of this index: let it do the work.")

    def release(self) -> None:
        """Stop being the writer."""
        if self._guard is not None:
            self._server.discard(self._control, NOTE, self._guard)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def leased(server: Server, control: str, timeout: float) -> Iterator[Lease]:
    """Be the only writer; IndexBusy after `timeout` seconds, never when it is negative."""
    server.create(control, CONTROL)
    lease = Lease(server, control)
    deadline = time.monotonic() + timeout
    with lease.held():
        while not lease.take():
            if timeout >= 0 and time.monotonic() >= deadline:
                raise IndexBusy("Another process is writing this index: wait for it, or let it do the work.")
            time.sleep(_POLL_SECONDS)
        yield lease
