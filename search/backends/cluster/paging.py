"""The pages of some items that best show a query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from elasticsearch.dsl.query import Bool, Terms

from search.backends.cluster.compile import page_query, scoped
from search.backends.cluster.server import Server
from search.clauses import Clause
from search.engine import PageHit
from search.scope import Scope

MOST_AT_ONCE = 100  # a server gives no more inside a group


def best_pages(
    server: Server, index: str, keys: Sequence[str], clauses: tuple[Clause, ...], asked: tuple[Scope, int]
) -> dict[str, tuple[PageHit, ...]]:
    """The best pages of each of those items; `asked` is who asks and how many of each. Items of one part stand for theirs."""
    scope, per_item = asked
    any_of = Bool(should=[page_query(clause) for clause in clauses], minimum_should_match=1)
    query = scoped(scope, must=[any_of], filters=[Terms(key=sorted(set(keys)))], pages=True)
    best = {
        "size": min(per_item, MOST_AT_ONCE),
        "sort": [{"_score": "desc"}, {"number": "asc"}],
        "docvalue_fields": ["number"],
        "_source": ["label"],
    }
    body: dict[str, Any] = {
        "query": query.to_dict(),
        "size": 0,
        "track_total_hits": False,
        "aggs": {"items": {"terms": {"field": "key", "size": len(keys)}, "aggs": {"best": {"top_hits": best}}}},
    }
    found = server.search(index, body)
    groups = found["aggregations"]["items"]["buckets"]
    return {str(group["key"]): tuple(_page(hit) for hit in group["best"]["hits"]["hits"]) for group in groups}


def _page(hit: Any) -> PageHit:
    return PageHit(int(hit["fields"]["number"][0]), str(hit["_source"].get("label", "")), float(hit["sort"][0]))
