"""The pages of some items that best show a query."""

from __future__ import annotations

from collections.abc import Sequence

import tantivy

from search.backends.tantivy.compile import MUST, SHOULD, Part, silent
from search.backends.tantivy.reader import Snapshot
from search.clauses import Clause
from search.engine import PageHit
from search.scope import Scope

AT_ONCE = 2_000  # hits read in one go; items with more pages than that are asked one by one


def best_pages(
    snapshot: Snapshot, keys: Sequence[str], clauses: tuple[Clause, ...], scope: Scope, per_item: int
) -> dict[str, tuple[PageHit, ...]]:
    """The best pages of each of those items that are in this index."""
    query = _query(snapshot, keys, clauses, scope)
    total, hits = snapshot.top(query, AT_ONCE)
    if total > AT_ONCE and len(keys) > 1:
        found: dict[str, tuple[PageHit, ...]] = {}
        for key in keys:
            found |= best_pages(snapshot, [key], clauses, scope, per_item)
        return found
    return _by_item(snapshot, hits, per_item)


def _query(snapshot: Snapshot, keys: Sequence[str], clauses: tuple[Clause, ...], scope: Scope) -> tantivy.Query:
    compiler = snapshot.compiler(scored=True)
    any_of = tantivy.Query.boolean_query([(SHOULD, compiler.page_clause(clause)) for clause in clauses])
    among = tantivy.Query.term_set_query(snapshot.schema, "key", sorted(set(keys)))
    parts: list[Part] = [(MUST, any_of), (MUST, silent(among))]
    return compiler.scoped(parts, scope, pages=True)


def _by_item(snapshot: Snapshot, hits: list[tuple[float, tantivy.DocAddress]], per_item: int) -> dict[str, tuple[PageHit, ...]]:
    addresses = [address for _, address in hits]
    numbers, orders = snapshot.numbers("number", addresses), snapshot.numbers("order", addresses)
    grouped: dict[int, list[tuple[float, int, int]]] = {}
    for at, ((score, _), number, order) in enumerate(zip(hits, numbers, orders, strict=True)):
        grouped.setdefault(order, []).append((-score, number, at))
    found: dict[str, tuple[PageHit, ...]] = {}
    for ranked in grouped.values():
        best = sorted(ranked)[:per_item]
        key = snapshot.key(addresses[best[0][2]])
        found[key] = tuple(PageHit(number, _label(snapshot, addresses[at]), -score) for score, number, at in best)
    return found


def _label(snapshot: Snapshot, address: tantivy.DocAddress) -> str:
    stored = snapshot.searcher.doc(address).get_first("label")
    return bytes(stored or b"").decode()
