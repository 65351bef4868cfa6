"""How long whoever asks can wait for an engine that lives elsewhere: the reads made within `time_limit` share one budget.

Only the time spent waiting for the engine counts. The embedded engine does not look at it: it always answers.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class _Budget:
    left: float


_BUDGET: ContextVar[_Budget | None] = ContextVar("search_budget", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Bound, all together, the reads made inside; one that is late raises SearchUnavailable. Inside another, that one rules."""
    mark = _BUDGET.set(_BUDGET.get() or _Budget(seconds))
    try:
        yield
    finally:
        _BUDGET.reset(mark)


@contextmanager
def spending(otherwise: float) -> Iterator[float]:
    """Do something with the seconds that remain, at most `otherwise`; what it takes is spent."""
    budget = _BUDGET.get()
    if budget is None:
        yield otherwise
        return
    start = time.monotonic()
    try:
        yield max(0.0, min(budget.left, otherwise))
    finally:
        budget.left -= time.monotonic() - start
