"""Does an engine answer exactly what the reference does? For an operator to ask of the very cluster of the archive.

An invented archive, invented readers and invented queries, always the same for a seed. What each reader is answered is
compared with a reference engine that holds only what that reader may see: any count, suggestion or correction that gives
something away is a difference. Order by relevance is not compared; every other one is.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from search.cluster import ClusterOptions
from search.documents import Operation
from search.engine import Facet, SearchEngine, SearchRequest
from search.invented import SCHEMA, archive, only_visible, query, reader, some_filters
from search.opening import open_engine
from search.scope import Scope

READERS, REQUESTS, DOCUMENTS = 6, 15, 120
MOST_TOLD = 20
_FACETS = tuple(Facet(name, 50) for name in ("kind", "area", "year"))
_MIRROR = Scope("all", frozenset({"reader"}), frozenset())


@dataclass(frozen=True)
class Check:
    """What was asked, what differed (the first ones, told) and the median milliseconds of a search."""

    asked: int
    different: int
    told: tuple[str, ...]
    milliseconds: float
    version: str


@contextmanager
def trial_engine(name: str, options: ClusterOptions | None = None) -> Iterator[SearchEngine]:
    """An engine like that one with an index of its own, removed at the end: the one of the archive is not touched."""
    prefix = f"{(options or ClusterOptions()).prefix[:40]}_trial_{secrets.token_hex(4)}"
    with TemporaryDirectory(prefix="search-trial-") as folder:
        cluster = replace(options or ClusterOptions(), prefix=prefix)
        engine = open_engine(name, Path(folder) / "index", SCHEMA, cluster=cluster)
        try:
            yield engine
        finally:
            engine.forget_everything()
            engine.close()


def check_engine(engine: SearchEngine, seed: int = 1) -> Check:
    """Fill an engine of `trial_engine` and compare its answers."""
    operations = archive(seed, DOCUMENTS)
    _fill(engine, operations)
    chance = Random(seed)  # noqa: S311 - repeatable, not secret
    found: list[str] = []
    times: list[float] = []
    for _ in range(READERS):
        scope = reader(chance, DOCUMENTS)
        mirror = open_engine("reference", Path(), SCHEMA)
        _fill(mirror, only_visible(operations, scope))
        for _ in range(REQUESTS):
            request = _request(chance, scope)
            start = time.perf_counter()
            engine.search(request)
            times.append(time.perf_counter() - start)
            found += differences(engine, mirror, request)
    found += engine.verify().faults
    median = sorted(times)[len(times) // 2] * 1000
    return Check(READERS * REQUESTS, len(found), tuple(found[:MOST_TOLD]), round(median, 1), engine.health().version)


def _fill(engine: SearchEngine, operations: Sequence[Operation]) -> None:
    with engine.writer(timeout=10) as writer:
        writer.ensure_generation()
        writer.apply(operations)


def _request(chance: Random, scope: Scope) -> SearchRequest:
    return SearchRequest(
        scope,
        query(chance),
        filters=some_filters(chance),
        facets=_FACETS,
        sort=chance.choice(("relevance", "date", "-date", "title", "-order")),
        match=chance.choice(("auto", "auto", "all", "some")),
        limit=DOCUMENTS,
    )


def differences(engine: SearchEngine, mirror: SearchEngine, request: SearchRequest) -> Iterator[str]:
    """What an engine answers to a request and a reference that holds only what its reader may see (`only_visible`) does not."""
    other = replace(request, scope=_MIRROR)
    mine, due = engine.search(request), mirror.search(other)
    keys, due_keys = [hit.key for hit in mine.hits], [hit.key for hit in due.hits]
    ranked = request.sort == "relevance"
    pairs: list[tuple[str, object, object]] = [
        ("total", (mine.total, mine.mode), (due.total, due.mode)),
        ("facets", mine.facets, due.facets),
        ("list", sorted(keys) if ranked else keys, sorted(due_keys) if ranked else due_keys),
        ("export", _exported(engine, request), keys),
        ("stretch", _after(engine, request, keys), _after(mirror, other, due_keys)),
        *_wording(engine, mirror, request, keys),
    ]
    written = f"«{request.query or ''}» {dict(request.filters)} {request.sort} {request.scope}"
    for what, found, expected in pairs:
        if found != expected:
            yield f"{what}: {written}: {found} instead of {expected}"


def _exported(engine: SearchEngine, request: SearchRequest) -> list[str]:
    return [key for batch in engine.export(request, batch=17) for key in batch]


def _after(engine: SearchEngine, request: SearchRequest, keys: list[str]) -> list[str]:
    """What follows the middle of the list, where the order allows it."""
    if request.sort in ("relevance", "title") or len(keys) < 3:
        return []
    return [hit.key for hit in engine.search(replace(request, after=keys[len(keys) // 2], limit=5)).hits]


def _wording(
    engine: SearchEngine, mirror: SearchEngine, request: SearchRequest, keys: list[str]
) -> list[tuple[str, object, object]]:
    if request.query is None:
        return []
    asked, scope = request.query, request.scope
    typed = str(asked)[:-1]
    return [
        ("pages", _pages(engine, keys, request, scope), _pages(mirror, keys, request, _MIRROR)),
        ("correction", engine.correct(asked, scope), mirror.correct(asked, _MIRROR)),
        ("suggestions", engine.suggest(typed, scope, 9), mirror.suggest(typed, _MIRROR, 9)),
    ]


def _pages(engine: SearchEngine, keys: list[str], request: SearchRequest, scope: Scope) -> dict[str, list[tuple[int, str]]]:
    if request.query is None:
        return {}
    found = engine.pages(keys, request.query, scope, per_item=99)
    return {key: sorted((page.number, page.label) for page in pages) for key, pages in found.items()}
