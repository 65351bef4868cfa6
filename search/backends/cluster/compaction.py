"""Writing a finished build again in few pieces.

A document comes with a copy of itself, for shards to recover from: twice what is indexed of it. The copy stays until the piece
where the document is is written again, once all shards have it safe on disk and have agreed that nobody needs it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from search.backends.cluster.server import Server
from search.errors import SearchUnavailable

WORTH = 20_000  # documents of a build, pages included, that are worth it
AGREED = 31.0  # seconds until all shards know that what was safe is: they tell each other every thirty
MOMENT = 0.5  # seconds between one look and the next
FORGIVEN = 60  # refusals after which it is given up
LARGEST = 20_000_000_000  # bytes, with the copies, for each piece of a shard: it is left in some 3 GB


class Compaction:
    """The one of some indexes, whose documents are all written."""

    def __init__(self, server: Server, indexes: Sequence[str], shards: int) -> None:
        self._server = server
        self._indexes = indexes
        self._shards = shards
        self._task = ""
        self._from = 0.0
        self._faults = 0

    def done(self) -> bool:
        """Whether it is over, or given up: a build is good without it. Otherwise, after a moment."""
        try:
            if self._over():
                return True
        except SearchUnavailable:
            self._faults += 1
            if self._faults == FORGIVEN:
                return True
        time.sleep(MOMENT)
        return False

    def _over(self) -> bool:
        if not self._from:
            self._server.flush(self._indexes)
            self._from = time.monotonic() + AGREED
        elif self._task:
            return self._server.ended(self._task)
        elif time.monotonic() >= self._from:
            pieces = 1 + self._server.size(self._indexes) // (LARGEST * self._shards)
            self._task = self._server.merge(self._indexes, pieces)
        return False
