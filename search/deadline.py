"""How long whoever asks can wait: every read made within `time_limit` counts against the same few seconds.

Only engines that live elsewhere look at it; the embedded one always answers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ENDS: ContextVar[float | None] = ContextVar("search_ends", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Bound, all together, the reads made inside; one that is late raises SearchUnavailable."""
    ends = time.monotonic() + seconds
    outer = _ENDS.get()
    mark = _ENDS.set(ends if outer is None else min(outer, ends))
    try:
        yield
    finally:
        _ENDS.reset(mark)


def time_left(otherwise: float) -> float:
    """Seconds that remain to whoever asks; `otherwise` when nobody set a limit."""
    ends = _ENDS.get()
    return otherwise if ends is None else max(0.0, ends - time.monotonic())
