"""How long whoever asks can wait for an engine that lives elsewhere: the reads made within `time_limit` share one budget.

Only the time spent waiting for the engine counts. The embedded engine does not look at it: it always answers.
Reading a whole list is many steps: each fits in what is left, and only one that fails spends it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Budget:
    """What may still be waited for, and what was, in seconds."""

    left: float
    waited: float = 0.0

    def spend(self, seconds: float) -> None:
        """Count some waiting."""
        self.left -= seconds
        self.waited += seconds


_BUDGET: ContextVar[Budget | None] = ContextVar("search_budget", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[Budget]:
    """Bound, all together, the reads made inside; one that is late raises SearchUnavailable. Inside another, that one rules.

    Gives the account of what was waited.
    """
    budget = _BUDGET.get() or Budget(seconds)
    mark = _BUDGET.set(budget)
    try:
        yield budget
    finally:
        _BUDGET.reset(mark)


def spending(otherwise: float) -> AbstractContextManager[float]:
    """Do something with the seconds that remain, at most `otherwise`; what it takes is spent."""
    return _within(otherwise, only_failures=False)


def stepping(otherwise: float) -> AbstractContextManager[float]:
    """Do one step of something long with the seconds that remain, at most `otherwise`; only a step that fails spends them."""
    return _within(otherwise, only_failures=True)


@contextmanager
def _within(otherwise: float, *, only_failures: bool) -> Iterator[float]:
    budget = _BUDGET.get()
    if budget is None:
        yield otherwise
        return
    start, spent = time.monotonic(), not only_failures
    try:
        yield max(0.0, min(budget.left, otherwise))
    except BaseException:
        spent = True
        raise
    finally:
        if spent:
            budget.spend(time.monotonic() - start)
