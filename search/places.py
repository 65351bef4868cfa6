"""Where an item is in a list and what is beside it: «result 3 of 128 · previous · next»."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.engine import KEYSET_SORTS, MAX_LIMIT, MAX_OFFSET, SearchEngine, SearchRequest

AROUND = 100  # positions that an item may have moved since its place was noted
_STEP = MAX_LIMIT - 2  # with one more on either side


@dataclass(frozen=True)
class Place:
    """`position` counts from 1, and is 0 where it is too deep to be counted. The neighbours are keys, empty at an end."""

    position: int
    total: int
    previous: str
    following: str


def place_of(engine: SearchEngine, request: SearchRequest, key: str, hint: int = 0) -> Place | None:
    """The place of an item in the list of a request; None when it is not in it, or too deep for an order without stretches.

    `hint` is the position that it had when the list was shown: with it, one small search is enough, even if the list moved a
    little. Without it the list is read from the beginning, by thousands.
    """
    asked = replace(request, facets=(), offset=0, after="", before="")
    if 0 < hint <= MAX_OFFSET:
        found, _ = _look(engine, asked, key, (max(1, hint - AROUND), hint + AROUND))
        if found:
            return found
    for first in range(1, MAX_OFFSET + 1, _STEP):
        found, total = _look(engine, asked, key, (first, first + _STEP - 1))
        if found or total < first + _STEP:
            return found
    return _by_neighbours(engine, asked, key, hint) if asked.sort in KEYSET_SORTS else None


def _look(engine: SearchEngine, asked: SearchRequest, key: str, among: tuple[int, int]) -> tuple[Place | None, int]:
    """The place of the item if it is among those positions, and how many there are in the list."""
    offset = max(0, among[0] - 2)
    answer = engine.search(replace(asked, offset=offset, limit=among[1] + 1 - offset))
    keys = [hit.key for hit in answer.hits]
    if key not in keys[: among[1] - offset]:
        return None, answer.total
    at = keys.index(key)
    following = keys[at + 1] if at + 1 < len(keys) else ""
    return Place(offset + at + 1, answer.total, keys[at - 1] if at else "", following), answer.total


def _by_neighbours(engine: SearchEngine, asked: SearchRequest, key: str, hint: int) -> Place | None:
    """Beyond what can be counted: the stretches on either side, if the item is where they meet."""
    previous, total = _beside(engine, replace(asked, before=key))
    following, _ = _beside(engine, replace(asked, after=key))
    there = _beside(engine, replace(asked, after=previous))[0] if previous else ""
    if there != key:
        return None
    return Place(hint if MAX_OFFSET < hint <= total else 0, total, previous, following)


def _beside(engine: SearchEngine, asked: SearchRequest) -> tuple[str, int]:
    answer = engine.search(replace(asked, limit=1))
    return (answer.hits[0].key if answer.hits else ""), answer.total
